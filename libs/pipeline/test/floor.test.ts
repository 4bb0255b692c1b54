// Where the gateway says something of its own accord: in no conversation that another app has, for as long as it has it.
import { messenger, messengerText, mid } from '../../../test/support/webhooks.js';
import { createSay } from '../src/index.js';
import { startLineToMeta } from './number.js';
import { connectPage } from './page.js';

const { line, meta } = await startLineToMeta();
meta.answer(() => ({ body: { recipient_id: '1', message_id: mid() } }));

async function pageOf(t: Awaited<ReturnType<typeof line.tenant>>) {
  const { account, psid, id } = await connectPage(line, t);
  const takes = async (payload: unknown) => {
    await line.intake.session((await line.tenants.connection(id))!, payload, new Map());
    await line.work();
  };
  const conversation = async () => {
    const rows = await t.query<{ id: string; subject_id: string; connection_id: string }>('SELECT id, subject_id, connection_id FROM parley.conversation WHERE tenant_id = $1'); // prettier-ignore
    return rows.find(({ connection_id }) => connection_id === id)!;
  };
  return {
    id,
    conversation,
    says: (text: string) => takes(messenger(account, psid, messengerText(text))),
    aside: (text: string) => {
      const { entry, ...rest } = messenger(account, psid, messengerText(text)) as { entry: { messaging: unknown }[] };
      return takes({ ...rest, entry: entry.map(({ messaging, ...one }) => ({ ...one, standby: messaging })) });
    },
  };
}

const onPages = () =>
  line.tenant((d) => void Object.assign(d, { channels: { messenger: { identifiers: { psid: 'keep' } } } }));
line.bot.answer(() => ({ body: { messages: [] } }));

test('what is to be said of a right while another app has the conversation is a dead letter, and goes out once it is ours again', async () => {
  const t = await onPages();
  const one = await pageOf(t);
  await one.says('hello');
  await one.aside('are you the other one?');
  const say = createSay({ store: line.store, tenants: line.tenants, wake: () => undefined });
  const { id } = await one.conversation();
  const last = async () => (await t.query<{ state: string; code: string | null }>("SELECT state, code FROM parley.message WHERE tenant_id = $1 AND type = 'about-rights' ORDER BY id DESC LIMIT 1"))[0]; // prettier-ignore
  const sends = meta.asked.length;
  await say(t.id, id, () => 'the code');
  await line.workOn(t.id);
  expect([await last(), meta.asked.length - sends]).toEqual([{ state: 'failed', code: 'another-app' }, 0]);
  await one.says('hello again');
  await say(t.id, id, () => 'the code');
  await line.workOn(t.id);
  expect([await last(), meta.asked.length - sends]).toEqual([{ state: 'sent', code: null }, 1]);
});

test('a code goes where we may write, not where the person wrote last', async () => {
  const t = await onPages();
  const [ours, theirs] = [await pageOf(t), await pageOf(t)];
  await ours.says('hello');
  await theirs.says('hello');
  const [here, there] = [await ours.conversation(), await theirs.conversation()];
  const where = () => line.store.lastConversationOf(t.id, [here.subject_id, there.subject_id]);
  expect(await where()).toBe(there.id);
  await theirs.aside('where is my parcel?');
  expect(await where()).toBe(here.id);
  await theirs.says('hello again');
  expect(await where()).toBe(there.id);
  // A word that counts, whoever has the conversation, gives nobody the floor.
  await theirs.aside('STOP');
  expect(await where()).toBe(here.id);
  await line.store.removeConnection(t.id, ours.id);
  expect(await where()).toBe(there.id);
});
