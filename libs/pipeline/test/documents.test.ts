// Documents say nothing of who made them, what is written in them stays, and what cannot be cleaned without harm is left as it is.
import fc from 'fast-check';
import { inflateSync } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import { carriesMetadata, stripMetadata } from '../src/strip-metadata.js';
import { OFFICE, PDFS, pdfOf, zipped } from './document-files.js';

const CANARY = 'canary of Ada Example';
const HEX = Buffer.from(CANARY).toString('hex');

/** With all that is packed in it, as far as it can be unpacked. */
function allOf(pdf: Buffer): string {
  const text = pdf.toString('latin1');
  const packed = [...text.matchAll(/stream\n/g)].map(({ index }) => {
    try {
      return inflateSync(pdf.subarray(index + 7)).toString('latin1');
    } catch {
      return '';
    }
  });
  return [text, ...packed].join('\n');
}

/** Each entry as a reader of ZIP files sees it, checked by its sum. */
async function unzipped(bytes: Buffer): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  const zip = await fromBufferPromise(bytes, { lazyEntries: true });
  for await (const entry of zip.eachEntry())
    found.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  return found;
}

describe.each(Object.entries(PDFS))('%s', (_, file) => {
  const before = file(CANARY);
  const after = stripMetadata(before)!;

  it('tells nothing, and nothing in it has moved', () => {
    expect(allOf(before)).toContain(CANARY);
    expect(allOf(after)).not.toMatch(new RegExp(`${CANARY}|${HEX}`));
    expect([after.length, carriesMetadata(before), carriesMetadata(after)]).toEqual([before.length, true, false]);
    for (const kept of ['the contract', '/Kids [3 0 R]', 'startxref']) expect(after.includes(kept)).toBe(true);
  });

  it('cut or broken it ends, and what is not there is not made', () => {
    fc.assert(
      fc.property(fc.nat(before.length), fc.array(fc.tuple(fc.nat(before.length - 1), fc.nat(255)), { maxLength: 6 }), (end, changes) => {
        const bytes = Buffer.from(before);
        for (const [at, byte] of changes) bytes[at] = byte;
        const left = stripMetadata(bytes.subarray(0, end));
        expect(left === null || left.length <= end).toBe(true);
      }),
      { numRuns: 200 },
    ); // prettier-ignore
  });
});

it('a PDF for archives says so afterwards', () => {
  for (const file of Object.values(PDFS).slice(0, 2))
    expect(allOf(stripMetadata(file(CANARY))!)).toContain('pdfaid:part="3" pdfaid:conformance="B"');
});

describe.each(Object.entries(OFFICE))('%s', (_, file) => {
  it('tells nothing, and all that is written in it is there', async () => {
    const entries = file(CANARY);
    const after = stripMetadata(await zipped(entries))!;
    const left = await unzipped(after);
    expect([...left.keys()]).toEqual(Object.keys(entries));
    for (const [name, content] of left) expect([name, content.includes(CANARY)]).toEqual([name, false]);
    for (const [name, content] of Object.entries(entries))
      if (!Buffer.from(content).includes(CANARY)) expect([name, left.get(name)]).toEqual([name, Buffer.from(content)]);
    expect([carriesMetadata(after), stripMetadata(after)]).toEqual([false, after]);
    const written = (all: Iterable<Buffer | string>) => [...all].join().match(/the contract|of the contract|the comment|Zoom">100/g); // prettier-ignore
    expect(written(left.values())).toEqual(written(Object.values(entries)));
  });
});

describe('left as they are', () => {
  const info = { 5: `<< /Author (${CANARY}) >>` };
  const docx = OFFICE['a text of OOXML']!(CANARY);
  it.each<[string, Buffer | Promise<Buffer>]>([
    ['a signed PDF', pdfOf({ ...info, 9: '<< /Type /Sig /ByteRange [0 10 20 10] >>' }, '/Info 5 0 R')],
    ['an encrypted PDF', pdfOf({ ...info, 9: '<< /Filter /Standard >>' }, '/Info 5 0 R /Encrypt 9 0 R')],
    ['a signed text', zipped({ ...docx, '_xmlsignatures/sig1.xml': '<Signature/>' })],
    ['an encrypted text', zipped({ ...OFFICE['a text of OpenDocument']!(CANARY), 'META-INF/manifest.xml': '<manifest:encryption-data/>' })],
    ['an archive of anything', zipped({ 'meta.xml': CANARY, 'photo.jpeg': docx['word/media/image1.jpeg']! })],
    ['a PDF that says nothing', pdfOf({ 1: '<< /Type /Catalog /Info 2 0 R >>', 2: '<< /Type /Pages /Kids [] >>' }, '')],
  ])('%s', async (_, given) => {
    const bytes = await given;
    expect(stripMetadata(bytes)).toEqual(bytes);
  }); // prettier-ignore
});

describe('made to keep us', () => {
  const quick = (bytes: Buffer): Buffer | null => {
    const began = process.cpuUsage();
    const left = stripMetadata(bytes);
    expect(process.cpuUsage(began).user / 1_000).toBeLessThan(5_000);
    return left;
  };

  it('a picture that unpacks to gigabytes is not unpacked', async () => {
    const bomb = await zipped({ '[Content_Types].xml': '', 'word/media/1.png': Buffer.alloc(100_000_000) });
    expect(bomb.length).toBeLessThan(500_000);
    expect(quick(bomb)).toBeNull();
  });

  it('entries that share their bytes do not multiply them', async () => {
    const one = await zipped({ '[Content_Types].xml': '', a: Buffer.from(Array.from({ length: 50_000 }, (_, n) => n * n)) }); // prettier-ignore
    const end = one.lastIndexOf('PK\x05\x06', undefined, 'latin1');
    const [from, to] = [one.indexOf('PK\x01\x02', 0, 'latin1'), end];
    const listed = one.subarray(from, to);
    const many = Buffer.concat([
      one.subarray(0, from),
      ...Array.from({ length: 2_000 }, () => listed),
      one.subarray(end),
    ]);
    many.writeUInt16LE(4_000, many.length - 12);
    many.writeUInt32LE(listed.length * 2_000, many.length - 10);
    expect(quick(many)).toEqual(many);
  });

  it.each([
    ['word/document.xml', '<w:ins w:author="'],
    ['word/document.xml', ' w:author='],
    ['word/document.xml', '<w:ins w:author="x" w:date="y">'],
    ['content.xml', '<dc:creator'],
    ['content.xml', '<dc:creator>'],
    ['content.xml', '<dc:creator>x</dc:creator>'],
  ])('%s of nothing but %s', async (name, part) => {
    const [type, written] = name === 'content.xml' ? ['mimetype', 'application/vnd.oasis.opendocument.text'] : ['[Content_Types].xml', ''];
    quick(await zipped({ [type]: written, [name]: part.repeat(Math.floor(8_000_000 / part.length)) }));
  }); // prettier-ignore

  it.each([
    ['objects without an end', '1 0 obj<<'],
    ['strings without an end', '1 0 obj<</A('],
    ['comments', '1 0 obj<<%\n'],
    ['streams', '1 0 obj<</Type/ObjStm/N 9999999/First 9>>stream\n1 0 1 0 \nendstream '],
    ['information', '/Info 1 0 R '],
  ])('%s', (_, part) => {
    quick(Buffer.from(`%PDF-1.7\n/Info 1 0 R\n${part.repeat(500_000)}`));
  });
});
