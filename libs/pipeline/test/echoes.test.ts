// Instagram gives nothing of ours back: what goes out is there once, not also as what staff wrote.
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
    ours: () =>
      t.query<{ type: string; state: string }>(
        "SELECT type, state FROM parley.message WHERE tenant_id = $1 AND direction = 'out' ORDER BY id",
      ),
  };
}

const taken = (mid = igMid()): Answer => ({ body: { recipient_id: '1', message_id: mid } });
const refused: Answer = { status: 400, body: { error: { code: 100, message: 'invalid' } } };
const platform = (...answers: readonly Answer[]): void => {
  const left = [...answers];
  graph.answer(() => left.shift() ?? taken());
};
const texts = (): readonly unknown[] =>
  graph.asked.map(({ body }) => (body as unknown as { message: { text: string } }).message.text);

const LONG = [`${'One. '.repeat(180)}End of one.`, `${'Two. '.repeat(180)}End of two.`].join(' ');

it('a part that went out is not shown beside a message that failed with the next one', async () => {
  const one = await somebody([LONG]);
  platform(taken('first'), refused);
  await one.says('tell me all');
  await one.echo(texts()[0] as string, 'first');
  expect(await one.ours()).toEqual([{ type: 'text', state: 'failed' }]);
});
