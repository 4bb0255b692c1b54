// Odd words of a bot on their way to the person, in its answer and later: each message ends, sent or not, and none is tried again and again.
import { Problem } from '#libs/kernel';
import { readReplies } from '#libs/recipients';
import { oddlyWorded } from '../../../test/contract/payloads.js';
import { whatsAppText } from '../../../test/support/webhooks.js';
import { createLater } from '../src/index.js';
import { startLineToMeta, startNumber, withNumber } from './number.js';

const { line } = await startLineToMeta();

const MESSAGES: readonly object[] = [
  { type: 'text', text: 'hello', choices: [{ id: 'a', title: 'A' }] },
  { type: 'image', url: 'https://bot.example/a.png', caption: 'b' },
  { type: 'buttons', text: 'a', buttons: [{ id: 'b', title: 'c' }], header: 'd', footer: 'e' },
  { type: 'list', text: 'a', button: 'b', sections: [{ title: 'c', rows: [{ id: 'd', title: 'e' }] }] },
  { type: 'template', name: 'a', language: 'de', purpose: 'support', components: [{ type: 'body', text: 'x' }] },
  { type: 'location', latitude: 1, longitude: 2, name: 'a' },
  { type: 'reaction', emoji: 'a' },
];
/** Those that are taken: what is refused goes nowhere. */
const bodies = MESSAGES.flatMap((one) => oddlyWorded(() => structuredClone(one)))
  .map((one) => ({ messages: [one] }))
  .filter((body) => 'messages' in readReplies(body));

const ENDED: ReadonlySet<string> = new Set(['done', 'sent', 'failed', 'cancelled']);

async function talk(channel: string) {
  const t = await line.tenant(withNumber);
  const number = await startNumber(line, t);
  let people = 0;
  const says = () =>
    channel === 'web'
      ? t.visitor().says({ text: 'hello' })
      : number.posts({ phone: `491555${1_000_000 + ++people}`, user: `DE.${people}` }, whatsAppText('hello'));
  const open = async () => (await t.rows()).filter(({ state }) => !ENDED.has(state));
  return { t, says, open };
}

test.each(['whatsapp-cloud', 'web'])(
  '%s, in an answer',
  async (channel) => {
    const { t, says, open } = await talk(channel);
    for (const body of bodies) {
      line.bot.answer(() => ({ body }));
      await says();
      await line.work();
    }
    expect(await open()).toEqual([]);
    expect((await t.rows()).filter(({ direction }) => direction === 'out')).toHaveLength(bodies.length);
  },
  120_000,
);

test.each(['whatsapp-cloud', 'web'])(
  '%s, later',
  async (channel) => {
    const { t, says, open } = await talk(channel);
    line.bot.answer(() => ({ body: { messages: [] } }));
    await says();
    await line.work();
    const { conversation_id: conversationId } = (await t.rows())[0]!;
    const later = createLater({ store: line.store, tenants: line.tenants, wake: () => undefined });
    for (const body of bodies) {
      const read = readReplies(body);
      const ids = await later(t.id, { conversationId, recipient: 'bot' }, 'messages' in read ? read.messages : []).catch((error: unknown) => error); // prettier-ignore
      expect([JSON.stringify(body), Array.isArray(ids) || ids instanceof Problem]).toEqual([
        JSON.stringify(body),
        true,
      ]);
    }
    await line.workOn(t.id);
    expect(await open()).toEqual([]);
  },
  120_000,
);
