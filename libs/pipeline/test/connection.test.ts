// A connection from which the platform takes nothing, or nothing for a while: what waits, who tries, what is given up.
import { whatsAppText } from '../../../test/support/webhooks.js';
import type { Answer } from './endpoint.js';
import { startLineToMeta, startNumber, withNumber } from './number.js';

const { line, meta } = await startLineToMeta();
line.bot.answer(() => ({ body: { messages: [{ type: 'text', text: 'an answer' }] } }));

const refuses = (code: number): Answer => ({ status: 400, body: { error: { code, message: 'no' } } });
const takes: Answer = { body: { messages: [{ id: 'wamid.taken' }] } };
let people = 0;

async function connected() {
  const t = await line.tenant(withNumber);
  const number = await startNumber(line, t);
  const sql = (text: string) => line.admin.query(text, [t.id]);
  const connection = async () => (await line.store.connections(t.id)).find(({ id }) => id === number.id)!;
  /** Somebody new, whom the bot answers. */
  async function asks(): Promise<void> {
    const n = String(++people).padStart(6, '0');
    await number.posts({ phone: `4915550${n}`, user: `DE.10000000${n}` }, whatsAppText('hello'));
    await line.work();
  }
  /** Whoever waits is looked at now, as the sweep does when their time has come. */
  async function sweep(): Promise<void> {
    await sql('UPDATE parley.conversation SET not_before = NULL WHERE tenant_id = $1');
    await line.workOn(t.id);
  }
  /** The clock of the rows goes on; those in memory are read anew. */
  async function passes(column: 'stopped_at' | 'paused_until', interval: string): Promise<void> {
    await sql(`UPDATE parley.connection SET ${column} = ${column} - interval '${interval}' WHERE tenant_id = $1`);
    await line.tenants.changed(t.id);
  }
  const ours = async () =>
    (
      await t.query<{ state: string; code: string | null }>(
        "SELECT state, code FROM parley.message WHERE tenant_id = $1 AND direction = 'out' ORDER BY id",
      )
    ).map(({ state, code }) => `${state}${code ? ` ${code}` : ''}`);
  return { t, number, sql, connection, asks, sweep, passes, ours, id: number.id };
}

/** Calls that reach Meta from here on. */
function counting(answer: Answer): () => number {
  const before = meta.asked.length;
  meta.answer(() => answer);
  return () => meta.asked.length - before;
}

describe('stopped', () => {
  it('one message is tried in ten minutes, the others wait; when it is taken, all go out', async () => {
    const one = await connected();
    let calls = counting(refuses(190));
    await one.asks();
    await one.asks();
    expect(await one.connection()).toMatchObject({ health: 'unhealthy', health_reason: 'credentials:190' });
    expect([calls(), await one.ours()]).toEqual([1, ['queued credentials:190', 'queued connection-stopped']]);
    await one.passes('stopped_at', '9 minutes');
    await one.sweep();
    expect(calls()).toBe(1);
    await one.passes('stopped_at', '1 minute 1 second');
    await one.sweep();
    expect([calls(), (await one.connection()).stopped_at!.getTime() > Date.now() - 60_000]).toEqual([2, true]);
    calls = counting(takes);
    await one.sweep();
    expect(calls()).toBe(0);
    await one.passes('stopped_at', '11 minutes');
    await one.sweep();
    expect([calls(), await one.ours()]).toEqual([2, ['sent', 'sent']]);
    expect(await one.connection()).toMatchObject({ health: 'healthy', stopped_at: null });
  });

  it('what has waited for a day is a dead letter; what waits for less is not', async () => {
    const one = await connected();
    const calls = counting(refuses(190));
    await one.asks();
    await one.asks();
    const age = (hours: number, rows: string) =>
      one.sql(
        `UPDATE parley.message SET at = now() - interval '${hours} hours' WHERE tenant_id = $1 AND direction = 'out' AND id = (
           SELECT id FROM parley.message WHERE tenant_id = $1 AND direction = 'out' ORDER BY id ${rows} LIMIT 1)`,
      );
    await age(25, 'ASC');
    await age(23, 'DESC');
    await one.sweep();
    expect([calls(), await one.ours()]).toEqual([1, ['failed connection-stopped', 'queued connection-stopped']]);
    expect(await line.store.deadLetters(one.t.id, null, 10)).toMatchObject([
      { stage: 'deliver', code: 'connection-stopped' },
    ]);
  });

  it('a check that finds that it works makes what waits due at once', async () => {
    const one = await connected();
    counting(refuses(190));
    await one.asks();
    const { rows } = await one.sql('SELECT id FROM parley.conversation WHERE tenant_id = $1 AND not_before > now()');
    expect(rows).toHaveLength(1);
    const calls = counting(takes);
    await line.store.setConnectionHealth(one.t.id, one.id, { health: 'healthy', reason: null });
    await line.tenants.changed(one.t.id);
    await line.workOn(one.t.id);
    expect([calls(), await one.ours()]).toEqual([1, ['sent']]);
  });
});

describe('paused', () => {
  it('for hours by a spam limit: nobody tries until it is over', async () => {
    const one = await connected();
    let calls = counting(refuses(131048));
    await one.asks();
    const paused = await one.connection();
    expect([paused.health, paused.pause_code]).toEqual(['healthy', '131048']);
    expect(Math.abs(paused.paused_until!.getTime() - Date.now() - 3_600_000)).toBeLessThan(60_000);
    calls = counting(takes);
    await one.asks();
    await one.sweep();
    expect([calls(), await one.ours()]).toEqual([0, ['queued 131048', 'queued limited']]);
    await one.passes('paused_until', '59 minutes');
    await one.sweep();
    expect(calls()).toBe(0);
  });

  it('by a status alone: what was taken first and then refused; for what is left of the time', async () => {
    const one = await connected();
    const minutesAgo = async (minutes: number, code: number) =>
      one.number.fails(code, Math.floor(Date.now() / 1000) - 60 * minutes);
    await minutesAgo(61, 131048);
    await minutesAgo(0, 130429);
    await minutesAgo(0, 131026);
    expect(await one.connection()).toMatchObject({ paused_until: null, pause_code: null });
    const calls = counting(takes);
    await minutesAgo(15, 131048);
    const paused = await one.connection();
    expect([paused.health, paused.pause_code]).toEqual(['healthy', '131048']);
    expect(Math.abs(paused.paused_until!.getTime() - Date.now() - 45 * 60_000)).toBeLessThan(60_000);
    // Of many that failed, each a second later than the last, the connection is written once.
    await one.number.fails(131048, Math.floor(Date.now() / 1000) - 60 * 15 + 30);
    expect((await one.connection()).paused_until).toEqual(paused.paused_until);
    await one.asks();
    expect([calls(), await one.ours()]).toEqual([0, ['queued limited']]);
    await one.passes('paused_until', '46 minutes');
    await one.sweep();
    expect([calls(), await one.ours()]).toEqual([1, ['sent']]);
  });

  it('longer already than it is told now: the longer stays', async () => {
    const one = await connected();
    const far = new Date(Date.now() + 7_200_000);
    await line.store.pauseConnection(one.t.id, one.id, { until: far, code: '131048' });
    await line.store.pauseConnection(one.t.id, one.id, { until: new Date(Date.now() + 60_000), code: '4' });
    expect(await one.connection()).toMatchObject({ paused_until: far, pause_code: '131048' });
  });

  it('in a process that was not told itself: it rests by the row, and goes on when that time is over', async () => {
    const one = await connected();
    await line.store.pauseConnection(one.t.id, one.id, { until: new Date(Date.now() + 3_600_000), code: '131048' });
    await line.tenants.changed(one.t.id);
    const calls = counting(takes);
    await one.asks();
    expect(calls()).toBe(0);
    await one.passes('paused_until', '61 minutes');
    await one.sweep();
    expect([calls(), await one.ours()]).toEqual([1, ['sent']]);
  });
});
