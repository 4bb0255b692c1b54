// Instagram gives nothing of ours back: an echo that says what we were sending tells that it went out, and is not shown beside it.
import { instagram, instagramText, igMid } from '../../../test/support/webhooks.js';
import { startEndpoint, type Answer, type Endpoint } from './endpoint.js';
import { startLine, type Change, type Line } from './line.js';

let graph: Endpoint;
let line: Line;
beforeAll(async () => {
  graph = await startEndpoint('/graph');
  line = await startLine({ meta: new URL(graph.url).origin });
});
afterAll(async () => {
  await line.stop();
  await graph.close();
});
beforeEach(() => void graph.asked.splice(0));

const account = '78000000000001';
let people = 0;
/** Who writes to the account, and a bot that answers with these texts. */
async function somebody(answers: readonly string[], change: Change = () => undefined) {
  const t = await line.tenant((d) => {
    Object.assign(d, { channels: { instagram: { identifiers: { igsid: 'keep' } } } });
    change(d);
  });
  const settings = {
    channel: 'instagram',
    name: 'Account',
    account,
    settings: { accountId: account },
    secrets: { accessToken: 'IGAA', appSecret: 's', verifyToken: 'v' },
    health: 'healthy',
    reason: null,
  };
  const { id } = await line.store.createConnection(t.id, settings, t.keys);
  await line.tenants.changed(t.id);
  const igsid = `178400000001${String((people += 1)).padStart(5, '0')}`;
  line.bot.answer(() => ({ body: { messages: answers.map((text) => ({ type: 'text', text })) } }));
  const posts = async (payload: unknown): Promise<unknown> =>
    line.intake.session((await line.tenants.connection(id))!, payload, new Map());
  return {
    t,
    async says(text: string) {
      await posts(instagram(account, igsid, instagramText(text)));
      await line.work();
    },
    /** The platform tells that the account sent this. */
    echo: (text: string, mid = igMid()) =>
      posts(
        instagram(account, igsid, {
          sender: { id: account },
          recipient: { id: igsid },
          message: { mid, text, is_echo: true },
        }),
      ),
    /** When it is time again. */
    async later() {
      await line.admin.query('UPDATE parley.conversation SET not_before = NULL WHERE tenant_id = $1', [t.id]);
      await line.workOn(t.id);
    },
    /** When its turn comes again, in ms. */
    waits: async () =>
      (await t.query<{ at: Date }>('SELECT not_before AS at FROM parley.conversation WHERE tenant_id = $1'))[0]!.at.getTime(), // prettier-ignore
    /** The account takes back what it sent. */
    async unsends(mid: string) {
      const message = { mid, is_echo: true, is_deleted: true };
      await posts(instagram(account, igsid, { sender: { id: account }, recipient: { id: igsid }, message }));
      await line.work();
    },
    /** The account edits what it sent. */
    async edits(mid: string, text: string) {
      const message_edit = { mid, text, num_edit: 1 };
      await posts(instagram(account, igsid, { sender: { id: account }, recipient: { id: igsid }, message_edit }));
      await line.work();
    },
    said: t.said,
    ours: () =>
      t.query<{ type: string; state: string }>(
        "SELECT type, state FROM parley.message WHERE tenant_id = $1 AND direction = 'out' ORDER BY id",
      ),
  };
}

const taken = (mid = igMid()): Answer => ({ body: { recipient_id: '1', message_id: mid } });
/** Nobody knows what became of it. */
const unknown: Answer = { status: 500, body: { error: { code: 2, message: 'temporarily unavailable' } } };
const refused: Answer = { status: 400, body: { error: { code: 100, message: 'invalid' } } };
const platform = (...answers: readonly Answer[]): void => {
  const left = [...answers];
  graph.answer(() => left.shift() ?? taken());
};
const texts = (): readonly unknown[] =>
  graph.asked.map(({ body }) => (body as unknown as { message: { text: string } }).message.text);

const LONG = [`${'One. '.repeat(180)}End of one.`, `${'Two. '.repeat(180)}End of two.`].join(' ');

it('what went out, though the answer was lost, is not sent once more, and is there once', async () => {
  const one = await somebody(['We open at nine.']);
  platform(unknown);
  await one.says('when?');
  await one.echo('We open at nine.');
  await one.later();
  expect([texts(), await one.ours()]).toEqual([['We open at nine.'], [{ type: 'text', state: 'sent' }]]);
});

it('an echo is given five seconds; without one it is sent again', async () => {
  const one = await somebody(['We open at nine.']);
  platform(unknown);
  const before = Date.now();
  await one.says('when?');
  expect((await one.waits()) - before).toBeGreaterThan(4_000);
  await one.echo('Staff says hello.');
  await one.later();
  expect(texts()).toHaveLength(2);
  expect((await one.ours()).map(({ type }) => type).toSorted()).toEqual(['message', 'text']);
});

it('an echo of before, or one that a message has taken, tells nothing of a later one', async () => {
  const one = await somebody(['OK']);
  platform(taken('first'));
  await one.echo('OK');
  await one.says('hello');
  await one.echo('OK', 'first');
  platform(unknown);
  await one.says('again');
  await one.later();
  expect(texts()).toEqual(['OK', 'OK', 'OK']);
});

it('of a long message the part that went out is known, and the rest follows', async () => {
  const one = await somebody([LONG]);
  platform(taken('first'), unknown);
  await one.says('tell me all');
  const [first, second] = texts() as string[];
  await one.echo(first!, 'first');
  await one.echo(second!);
  await one.later();
  expect([texts(), await one.ours()]).toEqual([[first, second], [{ type: 'text', state: 'sent' }]]);
});

it('a part that went out is not shown beside a message that failed with the next one', async () => {
  const one = await somebody([LONG]);
  platform(taken('first'), refused);
  await one.says('tell me all');
  await one.echo(texts()[0] as string, 'first');
  expect(await one.ours()).toEqual([{ type: 'text', state: 'failed' }]);
});

describe('what the account takes back', () => {
  it('is emptied where staff wrote it', async () => {
    const one = await somebody([]);
    await one.says('hello');
    await one.echo('Staff says hello.', 'theirs');
    expect(JSON.stringify(await one.said())).toContain('Staff says hello.');
    await one.unsends('theirs');
    expect(await one.said()).toEqual([null, expect.anything()]);
  });

  it('is emptied where the bot wrote it', async () => {
    const one = await somebody(['We open at nine.']);
    platform(taken('ours'));
    await one.says('when?');
    await one.unsends('ours');
    expect(await one.said()).toEqual([null, expect.anything()]);
    expect((await one.ours()).map(({ state }) => state)).toEqual(['sent', 'sent']);
  });

  it('and what it edits: staff’s message is reworded, the bot’s stays as it was sent, with the new wording beside it', async () => {
    const one = await somebody(['We open at nine.']);
    platform(taken('bots'));
    await one.says('when?');
    await one.echo('Sincerely, staff', 'staffs');
    await one.edits('staffs', 'Yours, staff');
    await one.edits('bots', 'We open at ten.');
    const said = JSON.stringify(await one.said());
    expect(said).not.toContain('Sincerely');
    expect(said).toMatch(/We open at nine.*Yours, staff.*We open at ten/);
  });
});
