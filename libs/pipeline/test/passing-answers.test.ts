// Where no open purpose stores what people write, what is answered is not stored either: it goes once it has reached the person.
import { randomUUID } from 'node:crypto';
import { whatsAppText } from '../../../test/support/webhooks.js';
import { createLater } from '../src/index.js';
import type { Change } from './line.js';
import { startLineToMeta, startNumber, withNumber } from './number.js';

const { line, meta } = await startLineToMeta();
line.bot.answer(({ body }) => ({
  body: { messages: [{ type: 'text', text: `you said: ${(body['message'] as unknown as { text: string }).text}` }] },
}));
beforeEach(() => {
  meta.asked.length = 0;
  meta.answer(() => ({ body: { messages: [{ id: `wamid.${randomUUID()}` }] } }));
});

/** Who writes is stored, so that we can answer; what they write only where `operations` let it. */
const passing =
  (operations: readonly string[] = ['collect', 'disclose'], more: object = {}): Change =>
  (d) => {
    const { recipients } = d as unknown as { recipients: Record<string, object> };
    Object.assign(d, {
      purposes: {
        answering: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing'] },
        support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['content'], operations },
      },
      recipients: { bot: { ...recipients['bot'], purposes: ['support'] } },
      texts: { 'first-notice': { en: 'You are writing to Acme.' } },
      ...more,
    });
    withNumber(d);
  };

const WORDS = 'my number is in the shed';
const textOf = (content: unknown): unknown => (content as { text?: unknown } | null)?.text ?? null;

async function onWhatsApp(change: Change) {
  const t = await line.tenant(change);
  const number = await startNumber(line, t);
  const says = async (text: string): Promise<void> => {
    await number.posts({ phone: '4915550000001', user: 'DE.1000000000000001' }, whatsAppText(text));
    await line.work();
  };
  const later = createLater({ store: line.store, tenants: line.tenants, wake: () => undefined });
  const sent = (): unknown[] => meta.asked.map(({ body }) => textOf({ text: (body['text'] as { body?: unknown } | undefined)?.body })); // prettier-ignore
  const kept = async (): Promise<unknown[]> => (await t.said()).map(textOf);
  return { t, says, later, sent, kept };
}

it('an answer is sent and gone; what the gateway itself says stays', async () => {
  const one = await onWhatsApp(passing());
  await one.says(WORDS);
  const notice = expect.stringContaining('Acme');
  expect(one.sent()).toEqual([notice, `you said: ${WORDS}`]);
  expect(await one.kept()).toEqual([notice, null]);
  expect((await one.t.rows()).map(({ direction, state }) => `${direction} ${state}`)).toEqual([
    'in done',
    'out sent',
    'out sent',
  ]);
});

it('where it is stored, the answer is, too', async () => {
  const one = await onWhatsApp(passing(['collect', 'store', 'disclose'], { texts: {} }));
  await one.says(WORDS);
  expect(await one.kept()).toEqual([`you said: ${WORDS}`]);
});

it('what a bot or a person of the business writes later goes like an answer', async () => {
  const one = await onWhatsApp(passing(undefined, { texts: {} }));
  await one.says(WORDS);
  const { conversation_id: conversationId } = (await one.t.rows())[0]!;
  for (const recipient of ['bot', null])
    await one.later(one.t.id, { conversationId, recipient }, [{ type: 'text', text: `from ${recipient}` }]);
  expect(await one.kept()).toEqual([null, 'from bot', 'from null']);
  await line.workOn(one.t.id);
  expect(one.sent()).toEqual([`you said: ${WORDS}`, 'from bot', 'from null']);
  expect(await one.kept()).toEqual([null, null, null]);
});

it('what staff wrote elsewhere is on nobody’s way: it is not stored', async () => {
  const t = await line.tenant(passing(undefined, { texts: {} }));
  const number = await startNumber(line, t);
  await number.staff({ phone: '4915550000001', user: 'DE.1000000000000001' }, whatsAppText(WORDS));
  expect((await t.rows()).map(({ direction, state }) => `${direction} ${state}`)).toEqual(['out sent']);
  expect(JSON.stringify(await t.shown('out'))).not.toContain('shed');
});

it('what could not be sent waits to be sent again, for a day', async () => {
  meta.answer(() => ({ status: 400, body: { error: { code: 131026, message: 'Message undeliverable' } } }));
  const one = await onWhatsApp(passing(undefined, { texts: {} }));
  await one.says(WORDS);
  expect(await one.kept()).toEqual([`you said: ${WORDS}`]);
  const at = Date.now();
  await line.store.sweepFleeting(one.t.id, new Date(at - 60_000));
  expect(await one.kept()).toEqual([`you said: ${WORDS}`]);
  await line.store.sweepFleeting(one.t.id, new Date(at + 60_000));
  expect(await one.kept()).toEqual([null]);
});

it('in a web chat it is there until the person’s page says that it has it', async () => {
  const t = await line.tenant(passing(undefined, { texts: {} }));
  const anna = t.visitor();
  await anna.says({ text: WORDS });
  await line.work();
  const { conversation_id: conversationId } = (await t.rows())[0]!;
  const fed = await line.store.feed(t.id, conversationId, { after: 0, limit: 10 });
  const last = Number(fed.at(-1)!.feed);
  const kept = async () => (await t.said()).map(textOf);
  await line.store.feed(t.id, conversationId, { after: last, limit: 10 });
  await line.store.feed(t.id, conversationId, { after: last - 1, limit: 10, fetched: true });
  expect(await kept()).toEqual([`you said: ${WORDS}`]);
  await line.store.feed(t.id, conversationId, { after: last, limit: 10, fetched: true });
  expect(await kept()).toEqual([null]);
});
