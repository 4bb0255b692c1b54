// Files of one message, fetched one after the other: what ends half-way goes on where it was, and only what fits is kept.
import { createHash } from 'node:crypto';
import { CHANNELS } from '#libs/channels';
import type { Content, HttpResponse } from '#libs/kernel';
import { createLogger } from '#libs/platform';
import { openSubjectKey } from '#libs/vault';
import { createMedia, openAttachment } from '../src/media.js';
import type { TurnInHand } from '../src/turn.js';
import { startLine, type Line } from './line.js';
import { MEDIA_FILES } from './media-files.js';
import { PICTURES } from './pictures.js';

let line: Line;
beforeAll(async () => void (line = await startLine()));
afterAll(() => line.stop());

const url = (name: string): string => `https://scontent.xx.fbcdn.net/${name}`;
const file = (name: string) =>
  ({ type: 'media', media: 'document', mime: 'text/plain', source: { url: url(name) } }) as unknown as Content;
const bytes = (of: string | Buffer): HttpResponse => ({
  kind: 'answered',
  status: 200,
  headers: {},
  bytes: Buffer.from(of),
});
const THREE = { type: 'group', items: ['a', 'b', 'c'].map(file) } as unknown as Content;

/** A message with files in hand, three unless told, and what the platform answers to each request for one. */
async function inHand(
  answer: (name: string, maxBytes: number) => HttpResponse,
  { content = THREE, attachments = {} }: { readonly content?: Content; readonly attachments?: object } = {},
) {
  const t = await line.tenant((d) => Object.assign(d, { channels: { web: { identifiers: { visitor_id: 'keep' } }, messenger: { identifiers: { psid: 'keep' }, attachments } } })); // prettier-ignore
  await t.visitor().says({ text: 'three files' });
  const [row] = await t.rows();
  const asked: string[] = [];
  const media = createMedia({
    store: line.store,
    send: async (request) => {
      const name = request.url.slice(request.url.lastIndexOf('/') + 1);
      asked.push(name);
      return answer(name, request.maxBytes);
    },
    urlOf: async (_tenant, id) => id,
    log: createLogger({ logLevel: 'silent', logFormat: 'json' }),
    now: Date.now,
  });
  const whose = { tenantId: t.id, subjectId: row!.subject_id, key: openSubjectKey(t.keys, row!.subject_id, row!.wrapped_key) }; // prettier-ignore
  const adapter = CHANNELS.find(({ manifest }) => manifest.channel === 'messenger')!;
  const { instructions } = (await line.tenants.tenant(t.id))!;
  const connection = { adapter, channel: 'messenger', settings: {}, stopped_at: null, paused_until: null };
  const hand = { whose, connection, instructions } as unknown as TurnInHand;
  const message = { id: row!.id, attempts: 0, at: new Date() } as Parameters<typeof media.fetch>[1];
  const fetch = () =>
    media.fetch(hand, message, { content, identifiers: [] } as unknown as Parameters<typeof media.fetch>[2]);
  const keptBytes = async () =>
    Promise.all(
      (await line.store.attachmentsOf(t.id, row!.id)).map(async ({ id }) =>
        openAttachment(whose, id, (await line.store.attachment(t.id, id))!.bytes),
      ),
    );
  const kept = async () => (await keptBytes()).map(String);
  return { fetch, kept, keptBytes, asked };
}

it('a file that could not be had at once is fetched later, and none twice', async () => {
  let away = true;
  const { fetch, kept, asked } = await inHand((name) =>
    name === 'b' && away ? { kind: 'failed', reason: 'network' } : bytes(`file ${name}`),
  );
  expect((await fetch()).kind).toBe('rest');
  expect(await kept()).toEqual(['file a']);
  away = false;
  expect((await fetch()).kind).toBe('on');
  expect(await kept()).toEqual(['file a', 'file b', 'file c']);
  expect(asked).toEqual(['a', 'b', 'b', 'c']);
});

it('a worker that dies between two files leaves the rest to the next one', async () => {
  let dies = true;
  const { fetch, kept, asked } = await inHand((name) => {
    if (name === 'c' && dies) throw new Error('killed');
    return bytes(`file ${name}`);
  });
  await expect(fetch()).rejects.toThrow('killed');
  dies = false;
  expect((await fetch()).kind).toBe('on');
  expect(await kept()).toEqual(['file a', 'file b', 'file c']);
  expect(asked).toEqual(['a', 'b', 'c', 'c']);
});

const stated = (name: string, change: object): Content => ({ ...file(name), ...change });

it.each(Object.entries({ ...PICTURES, heic: MEDIA_FILES.heic!, mp4: MEDIA_FILES.mp4! }))('%s: what is beside the picture is not stored, unless instructed', async (kind, picture) => {
  const [before, after] = picture('canary of where it was');
  const content = stated('a', { media: 'image', mime: `image/${kind}` });
  const strict = await inHand(() => bytes(before), { content });
  await strict.fetch();
  expect(await strict.keptBytes()).toEqual([after]);
  const lax = await inHand(() => bytes(before), { content, attachments: { stripMetadata: false } });
  await lax.fetch();
  expect(await lax.keptBytes()).toEqual([before]);
}); // prettier-ignore

it('bytes that are not those of the stated digest are refused, in either form of it; the others are kept', async () => {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const items = [
    stated('a', { sha256: digest('file a').toString('base64') }),
    stated('b', { sha256: digest('file b').toString('hex').toUpperCase() }),
    stated('c', { sha256: digest('another').toString('base64') }),
    stated('d', { sha256: digest('another').toString('hex') }),
    stated('e', { sha256: '' }),
    file('f'),
  ];
  const content = { type: 'group', items } as unknown as Content;
  const { fetch, kept } = await inHand((name) => bytes(`file ${name}`), { content });
  expect((await fetch()).kind).toBe('on');
  expect(await kept()).toEqual(['file a', 'file b', 'file f']);
});

it.each([
  ['image', undefined, 25 * 1024 * 1024],
  ['image', 100, 100],
  ['document', 100_000_000_000, 25 * 1024 * 1024],
])('%s, at most %s: no more than the lesser limit is read, and what is cut is not kept', async (media, maxBytes, most) => {
  const content = { type: 'group', items: [stated('a', { media }), stated('b', { media })] } as unknown as Content;
  const limits: number[] = [];
  const answer = (name: string, limit: number): HttpResponse => {
    limits.push(limit);
    return name === 'a' ? { kind: 'failed', reason: 'too-large' } : bytes('file b');
  };
  const { fetch, kept } = await inHand(answer, { content, attachments: maxBytes ? { maxBytes } : {} });
  expect((await fetch()).kind).toBe('on');
  expect([limits, await kept()]).toEqual([[most, most], ['file b']]);
}); // prettier-ignore
