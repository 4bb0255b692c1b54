// Documents as programs write them: PDF of several kinds, OOXML and OpenDocument, each telling who made it wherever such files do.
import { deflateSync } from 'node:zlib';
import { ZipFile } from 'yazl';
import { PICTURES } from './pictures.js';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

interface Stream {
  readonly dictionary: string;
  readonly bytes: Buffer;
}
type Body = string | Stream;

/** Objects by number, one after the other, and a trailer; the table of places is what readers go by. */
export function pdfOf(objects: Readonly<Record<number, Body>>, trailer: string): Buffer {
  const parts = [latin1('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')];
  const places: string[] = [];
  const length = (): number => parts.reduce((sum, part) => sum + part.length, 0);
  for (const [number, body] of Object.entries(objects)) {
    places.push(`${number} 1\n${String(length()).padStart(10, '0')} 00000 n \n`);
    if (typeof body === 'string') parts.push(latin1(`${number} 0 obj\n${body}\nendobj\n`));
    else
      parts.push(
        latin1(`${number} 0 obj\n<< ${body.dictionary} /Length ${String(body.bytes.length)} >>\nstream\n`),
        body.bytes,
        latin1('\nendstream\nendobj\n'),
      );
  }
  const start = length();
  parts.push(latin1(`xref\n0 1\n0000000000 65535 f \n${places.join('')}trailer\n<< /Root 1 0 R ${trailer} >>\nstartxref\n${String(start)}\n%%EOF\n`)); // prettier-ignore
  return Buffer.concat(parts);
}

const XMP = (told: string): string =>
  `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"><pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance><dc:creator><rdf:Seq><rdf:li>${told}</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>${' '.repeat(200)}<?xpacket end="w"?>`;

const PAGE = {
  1: '<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>',
  4: { dictionary: '', bytes: latin1('BT /F1 12 Tf (the contract, 1 0 obj) Tj ET') },
};

/** `told` stands in each as a string of its own, so that it can be looked for. */
export const PDFS: Readonly<Record<string, (told: string) => Buffer>> = {
  'a PDF with its information in strings': (told) =>
    pdfOf(
      {
        ...PAGE,
        5: `<< /Title (About (/Type) \\) ${told}) /Author <${latin1(told).toString('hex')}>\n/Producer 8 0 R /CreationDate (D:20260101) >>`,
        6: { dictionary: '/Type /Metadata /Subtype /XML', bytes: latin1(XMP(told)) },
        7: { dictionary: '/Subtype /Image /Filter [ /DCTDecode ]', bytes: PICTURES['jpeg']!(told)[0] },
        8: `(${told})`,
      },
      '/Info 5 0 R',
    ),
  'a PDF with its information packed': (told) => {
    const [info, producer] = [`<< /Author (${told}) /Title (${told}) /Producer 8 0 R >>`, `(${told})`];
    const head = `5 0 8 ${String(info.length + 1)} `;
    const together = latin1(`${head}${info} ${producer}`);
    return pdfOf(
      {
        ...PAGE,
        6: { dictionary: '/Type /Metadata /Subtype /XML /Filter /FlateDecode', bytes: deflateSync(latin1(XMP(told)), { level: 1 }) },
        7: { dictionary: `/Type /ObjStm /N 2 /First ${String(head.length)} /Filter /FlateDecode`, bytes: deflateSync(together) },
      },
      '/Info 5 0 R',
    ); // prettier-ignore
  },
  'a PDF with an earlier revision': (told) =>
    Buffer.concat([
      pdfOf({ ...PAGE, 5: `<< /Author (${told}) >>` }, '/Info 5 0 R'),
      latin1(`5 0 obj\n<< /Author (${told} again) >>\nendobj\ntrailer\n<< /Root 1 0 R /Info 5 0 R >>\n%%EOF\n`),
    ]),
};

export async function zipped(entries: Readonly<Record<string, Buffer | string>>, how = {}): Promise<Buffer> {
  const file = new ZipFile();
  for (const [name, content] of Object.entries(entries))
    file.addBuffer(Buffer.from(content), name, {
      compress: name !== 'mimetype',
      mtime: new Date('2026-05-04'),
      ...how,
    });
  file.end();
  const parts: Buffer[] = [];
  for await (const part of file.outputStream) parts.push(Buffer.from(part as Buffer));
  return Buffer.concat(parts);
}

const TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>';
const WORDS = '<w:document>the contract</w:document>';
const rels = (core: string): string =>
  `<Relationships><Relationship Id="1" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="${core}"/></Relationships>`;

export const OFFICE: Readonly<Record<string, (told: string) => Readonly<Record<string, Buffer | string>>>> = {
  'a text of OOXML': (told) => ({
    '[Content_Types].xml': TYPES,
    '_rels/.rels': rels('docProps/core.xml'),
    'word/document.xml': WORDS,
    'word/media/image1.jpeg': PICTURES['jpeg']!(told)[0],
    'docProps/core.xml': `<cp:coreProperties><dc:creator>${told}</dc:creator></cp:coreProperties>`,
    'docProps/app.xml': `<Properties><Company>${told}</Company></Properties>`,
    'docProps/custom.xml': `<Properties><property name="client">${told}</property></Properties>`,
    'docProps/thumbnail.jpeg': told,
  }),
  'a workbook with parts of other names': (told) => ({
    '[Content_Types].xml': TYPES,
    '_rels/.rels': rels('/package/services/metadata/core-properties/1.psmdcp'),
    'xl/workbook.xml': WORDS,
    'package/services/metadata/core-properties/1.psmdcp': `<coreProperties><creator>${told}</creator></coreProperties>`,
  }),
  'a text of OOXML with changes and comments': (told) => ({
    '[Content_Types].xml': TYPES,
    'word/document.xml': `<w:p><w:ins w:id="1" w:author="${told}" w:date="2026-11-24T12:00:00Z"><w:r><w:t>author="of the contract"</w:t></w:r></w:ins></w:p>`,
    'word/comments.xml': `<w:comments><w:comment w:id="0" w:initials='${told}' w:author='${told}'><w:p>the comment</w:p></w:comment></w:comments>`,
    'word/people.xml': `<w15:people><w15:person w15:author="${told}"><w15:presenceInfo w15:providerId="AD" w15:userId="${told}"/></w15:person></w15:people>`,
  }),
  'a workbook with comments': (told) => ({
    '[Content_Types].xml': TYPES,
    'xl/workbook.xml': `<workbook><fileSharing userName="${told}"/><x15ac:absPath url="C:\\Users\\${told}\\"/><sheets><sheet name="the contract"/></sheets></workbook>`,
    'xl/comments1.xml': `<comments><authors><author>${told}</author></authors><commentList><comment ref="A1" authorId="0"><text>the comment</text></comment></commentList></comments>`,
    'xl/persons/person.xml': `<personList><person displayName="${told}" id="{1}" userId="${told}" providerId="AD"/></personList>`,
    'xl/revisions/userNames.xml': `<users count="1"><userInfo guid="{1}" name="${told}" id="-1"/></users>`,
    'xl/revisions/revisionHeaders.xml': `<headers><header guid="{1}" userName="${told}" r:id="rId1"/></headers>`,
  }),
  'slides with comments': (told) => ({
    '[Content_Types].xml': TYPES,
    'ppt/commentAuthors.xml': `<p:cmAuthorLst><p:cmAuthor id="0" name="${told}" initials="${told}"/></p:cmAuthorLst>`,
    'ppt/authors.xml': `<p188:authorLst><p188:author id="{1}" name="${told}" initials="${told}" userId="${told}" providerId="AD"/></p188:authorLst>`,
    'ppt/slides/slide1.xml': '<p:cNvPr id="1" name="the contract"/>',
  }),
  'a text of OpenDocument with changes and comments': (told) => ({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': `<office:change-info><dc:creator>${told}</dc:creator><dc:date>2026-11-24T12:00:00</dc:date></office:change-info><office:annotation><dc:creator>${told}</dc:creator><meta:creator-initials>${told}</meta:creator-initials><text:p>the comment</text:p></office:annotation>`,
    'settings.xml': `<config:config-item config:name="PrinterName" config:type="string">${told}</config:config-item><config:config-item config:name="Zoom">100</config:config-item>`,
    'META-INF/manifest.xml': '<manifest:manifest/>',
  }),
  'a text of OpenDocument': (told) => ({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': WORDS,
    'Pictures/1.png': PICTURES['png']!(told)[0],
    'meta.xml': `<office:document-meta><dc:creator>${told}</dc:creator></office:document-meta>`,
    'Thumbnails/thumbnail.png': told,
    'META-INF/manifest.xml': '<manifest:manifest/>',
  }),
};
