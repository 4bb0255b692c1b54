// What a picture says of where and with what it was made stays only where `file_metadata` is kept and nothing else denies it.
import { startLine, type Line } from './line.js';
import { PICTURES } from './pictures.js';

let line: Line;
beforeAll(async () => {
  line = await startLine();
});
afterAll(() => line.stop());
beforeEach(() => line.bot.answer(() => ({ body: { messages: [] } })));

const [before, after] = PICTURES.jpeg!('GPS-CANARY');

/** How many bytes are kept of a picture sent in the web chat under these clauses. */
async function keptUnder(action: unknown, stripMetadata: boolean | undefined): Promise<number> {
  const identifiers = { visitor_id: 'keep', ...(action === undefined ? {} : { file_metadata: action }) };
  const attachments = stripMetadata === undefined ? {} : { stripMetadata };
  const t = await line.tenant((d) => Object.assign(d, { channels: { web: { identifiers, attachments } } }));
  await t.visitor().says({}, { files: [{ mime: 'image/jpeg', bytes: before }] });
  await line.work();
  return (await t.query<{ size: number }>('SELECT size FROM parley.attachment WHERE tenant_id = $1'))[0]!.size;
}

it.each([
  [undefined, undefined, 'goes'],
  ['drop', undefined, 'goes'],
  ['drop', false, 'goes'],
  [undefined, false, 'goes'],
  ['keep', true, 'goes'],
  [{ do: 'keep', purposes: ['nothing'] }, undefined, 'goes'],
  ['keep', undefined, 'stays'],
  ['keep', false, 'stays'],
])('file_metadata: %j, stripMetadata: %s: it %s', async (action, strip, what) => {
  expect(await keptUnder(action, strip)).toBe((what === 'goes' ? after : before).length);
});

it('a version that no longer keeps it takes it out of what is held', async () => {
  const channels = (action: string) => ({ web: { identifiers: { visitor_id: 'keep', file_metadata: action } } });
  const t = await line.tenant((d) => Object.assign(d, { channels: channels('keep') }));
  await t.visitor().says({}, { files: [{ mime: 'image/jpeg', bytes: before }] });
  await line.work();
  const version = await t.approve((d) => Object.assign(d, { channels: channels('drop') }));
  await line.applied(t.id, version);
  expect(await t.query('SELECT size FROM parley.attachment WHERE tenant_id = $1')).toEqual([{ size: after.length }]);
});

describe('the identifier map', () => {
  /** What was counted of two pictures, one with and one without metadata, and how many messages came of them. */
  async function seenUnder(action: string, attachments: object = {}) {
    const identifiers = { visitor_id: 'keep', file_metadata: action };
    const t = await line.tenant((d) => Object.assign(d, { channels: { web: { identifiers, attachments } } }));
    for (const bytes of [before, after]) await t.visitor().says({}, { files: [{ mime: 'image/jpeg', bytes }] });
    const seen = await line.store.observations(t.id);
    const rows = seen.filter(({ kind }) => kind === 'file_metadata');
    return {
      rows: rows.map(({ path, action: done, count }) => [path, done, Number(count)]),
      held: (await t.held()).map((body) => body?.identifiers),
    };
  }

  it.each([
    ['keep', 'keep'],
    ['drop', 'drop'],
    ['pseudonymise', 'drop'],
  ])('%s: a picture that carries metadata is counted as %s, and nothing stands beside it', async (action, done) => {
    expect(await seenUnder(action)).toEqual({ rows: [['upload:exif', done, 1]], held: [{}, {}] });
  });

  it('what `stripMetadata` denies is counted as taken out', async () => {
    expect((await seenUnder('keep', { stripMetadata: true })).rows).toEqual([['upload:exif', 'drop', 1]]);
  });

  it('block: the message with it is refused, and counted; the other one is taken', async () => {
    const { rows, held } = await seenUnder('block');
    expect([rows, held.length]).toEqual([[['upload:exif', 'drop', 1]], 1]);
  });
});
