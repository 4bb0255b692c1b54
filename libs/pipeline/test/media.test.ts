// Files of one message, fetched one after the other: what ends half-way goes on where it was.
import { CHANNELS } from '#libs/channels';
import type { Content, HttpResponse } from '#libs/kernel';
import { createLogger } from '#libs/platform';
import { openSubjectKey } from '#libs/vault';
import { createMedia, openAttachment } from '../src/media.js';
import type { TurnInHand } from '../src/turn.js';
import { startLine, type Line } from './line.js';

let line: Line;
beforeAll(async () => void (line = await startLine()));
afterAll(() => line.stop());

const url = (name: string): string => `https://scontent.xx.fbcdn.net/${name}`;
const file = (name: string) =>
  ({ type: 'media', media: 'document', mime: 'text/plain', source: { url: url(name) } }) as unknown as Content;
const bytes = (text: string): HttpResponse => ({
  kind: 'answered',
  status: 200,
  headers: {},
  bytes: Buffer.from(text),
});

/** A message with three files in hand, and what the platform answers to each request for one. */
async function inHand(answer: (name: string) => HttpResponse) {
  const t = await line.tenant((d) => Object.assign(d, { channels: { web: { identifiers: { visitor_id: 'keep' } }, messenger: { identifiers: { psid: 'keep' } } } })); // prettier-ignore
  await t.visitor().says({ text: 'three files' });
  const [row] = await t.rows();
  const asked: string[] = [];
  const media = createMedia({
    store: line.store,
    send: async (request) => {
      const name = request.url.slice(request.url.lastIndexOf('/') + 1);
      asked.push(name);
      return answer(name);
    },
    urlOf: async (_tenant, id) => id,
    log: createLogger({ logLevel: 'silent', logFormat: 'json' }),
  });
  const whose = { tenantId: t.id, subjectId: row!.subject_id, key: openSubjectKey(t.keys, row!.subject_id, row!.wrapped_key) }; // prettier-ignore
  const adapter = CHANNELS.find(({ manifest }) => manifest.channel === 'messenger')!;
  const { instructions } = (await line.tenants.tenant(t.id))!;
  const connection = { adapter, channel: 'messenger', settings: {} };
  const hand = { whose, connection, instructions, turn: { attempts: 0 } } as unknown as TurnInHand;
  const content: Content = { type: 'group', items: ['a', 'b', 'c'].map(file) } as unknown as Content;
  const message = { id: row!.id } as Parameters<typeof media.fetch>[1];
  const fetch = () =>
    media.fetch(hand, message, { content, identifiers: [] } as unknown as Parameters<typeof media.fetch>[2]);
  const kept = async () =>
    Promise.all(
      (await line.store.attachmentsOf(t.id, row!.id)).map(async ({ id }) =>
        openAttachment(whose, id, (await line.store.attachment(t.id, id))!.bytes).toString(),
      ),
    );
  return { fetch, kept, asked };
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
