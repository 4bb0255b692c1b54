// A fault of the platform that passes: a message outlasts it, one of minutes, too.
import { whatsAppText } from '../../../test/support/webhooks.js';
import { startLineToMeta, startNumber, withNumber } from './number.js';

const { line, meta } = await startLineToMeta();
const PERSON = { phone: '4915550000001', user: 'DE.1000000000000001' };

it('an update takes up to five minutes (code 2): so long it is tried, and only then a dead letter', async () => {
  line.bot.answer(() => ({ body: { messages: [{ type: 'text', text: 'hello' }] } }));
  const t = await line.tenant(withNumber);
  const number = await startNumber(line, t);
  const sent = meta.asked.length;
  meta.answer(() => ({ status: 500, body: { error: { code: 2, message: 'an update' } } }));
  await number.posts(PERSON, whatsAppText('hi'));
  let before = Date.now();
  await line.work();

  let waited = 0;
  for (;;) {
    const [row] = await t.query<{ at: Date | null }>('SELECT not_before AS at FROM parley.conversation WHERE tenant_id = $1'); // prettier-ignore
    if (!row?.at) break;
    waited += row.at.getTime() - before;
    await t.query('UPDATE parley.conversation SET not_before = NULL WHERE tenant_id = $1 RETURNING id');
    before = Date.now();
    await line.workOn(t.id);
  }
  expect([meta.asked.length - sent, waited > 295_000, waited < 520_000]).toEqual([5, true, true]);
  expect(await line.store.deadLetters(t.id, null, 10)).toMatchObject([{ stage: 'deliver', code: '2' }]);
});
