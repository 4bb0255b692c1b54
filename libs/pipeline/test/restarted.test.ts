// The database is killed in the middle of a turn, and is back at once: what went out is known to have, and nobody waits for the lease to end.
import { databasePid } from '../../../test/support/gateway.js';
import { isRunning } from '../../../test/support/processes.js';
import { until } from '../../../test/support/until.js';
import { whatsAppText } from '../../../test/support/webhooks.js';
import { startLineToMeta, startNumber, withNumber } from './number.js';

const { line, meta } = await startLineToMeta();

/** Another is started on the same port by whoever started this one. */
async function killDatabase(): Promise<void> {
  const pid = databasePid(line.databaseDir)!;
  process.kill(pid, 'SIGKILL');
  await until('it ended', () => !isRunning(pid));
}

const turns = [
  { at: 'the bot', person: { phone: '4915550000001', user: 'DE.1000000000000001' } },
  { at: 'the platform', person: { phone: '4915550000002', user: 'DE.1000000000000002' } },
];

it.each(turns)('while $at is asked', async ({ at, person }) => {
  const t = await line.tenant(withNumber);
  const number = await startNumber(line, t, { account: person.phone, portfolio: person.user });
  let kill = killDatabase;
  const once = (where: string): Promise<void> | undefined => {
    if (where !== at) return undefined;
    const killed = kill();
    kill = async () => undefined;
    return killed;
  };
  line.bot.answer(() => ({ body: { messages: [{ type: 'text', text: 'hello' }] }, after: once('the bot') }));
  meta.answer(() => ({ body: { messages: [{ id: `wamid.${at}` }] }, after: once('the platform') }));
  const [heard, sent] = [line.bot.asked.length, meta.asked.length];
  await number.posts(person, whatsAppText('hi'));
  await line.work();
  expect(await t.query('SELECT lease FROM parley.conversation WHERE tenant_id = $1')).toEqual([{ lease: null }]);

  await t.query('UPDATE parley.conversation SET not_before = NULL WHERE tenant_id = $1');
  await line.workOn(t.id);
  expect(await t.rows()).toMatchObject([{ state: 'done' }, { direction: 'out', state: 'sent' }]);
  expect(meta.asked).toHaveLength(sent + 1);
  // What a bot answered is asked for again where it could not be written down, under the same id.
  expect(new Set(line.bot.asked.slice(heard).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
});
