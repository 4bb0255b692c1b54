// Of a message that was about to be sent when we were killed nobody knows whether it went out: the platform gets its time to say so.
import { whatsAppText } from '../../../test/support/webhooks.js';
import { startLineToMeta, startNumber, withNumber } from './number.js';

const { line, meta } = await startLineToMeta();
const PERSON = { phone: '4915550000001', user: 'DE.1000000000000001' };

it('time that passed while nobody was there to be told does not count', async () => {
  line.bot.answer(() => ({ body: { messages: [{ type: 'text', text: 'hello' }] } }));
  const t = await line.tenant(withNumber);
  const number = await startNumber(line, t);
  await number.posts(PERSON, whatsAppText('hi'));
  await line.work();
  const sent = meta.asked.length;
  expect(sent).toBeGreaterThan(0);

  const [last] = await t.query<{ id: string }>(
    "SELECT id FROM parley.message WHERE tenant_id = $1 AND direction = 'out' ORDER BY id DESC LIMIT 1",
  );
  await t.query(
    `UPDATE parley.message SET state = 'sending', rank = 1 WHERE tenant_id = $1 AND id = '${last!.id}' RETURNING id`,
  );
  const later = async () => {
    await t.query('UPDATE parley.conversation SET not_before = NULL WHERE tenant_id = $1 RETURNING id');
    await line.workOn(t.id);
  };
  await later();
  const text = `SELECT state, code FROM parley.message WHERE tenant_id = $1 AND id = '${last!.id}'`;
  expect(await t.query(text)).toEqual([{ state: 'queued', code: 'uncertain' }]);
  // Its rest is over, but not ours: we have been up for a moment.
  await later();
  expect(meta.asked).toHaveLength(sent);

  line.clock.ahead = 5_000;
  await later();
  expect(meta.asked).toHaveLength(sent + 1);
  expect(await t.query(text)).toEqual([{ state: 'sent', code: null }]);
});
