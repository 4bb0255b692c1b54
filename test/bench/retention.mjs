// retention_*: a simulated day in which 1,000,000 messages come due, swept by the gateway's own sweeper; how late, how early, how fast.
import { createIsolate, createLogger, createMetrics, loadConfig } from '#libs/platform';
import { createRights } from '#libs/rights';
import { manyPeople } from './people.mjs';

const DAY = 86_400_000;
/** The simulated clock moves by so much, or by what the sweep took, whichever is more. */
const TICK = 10_000;

const document = {
  schema: 'parley-instructions/1',
  purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content'] } },
  channels: {},
  retention: [
    { data: 'content', start: 'ingest', period: 'P1D' },
    { data: 'routing', period: 'P2D' },
  ],
};
const INSTRUCT = `INSERT INTO parley.instruction_version (tenant_id, version, hash, document, findings, approved_at)
  VALUES ($1, 1, 'h', $2, '[]', '2020-01-01')`;
const LEFT =
  'SELECT count(*)::int AS n FROM parley.message WHERE tenant_id = $1 AND body IS NOT NULL AND id >= parley.uuid_at($2)';

const percentile = (sorted, p) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))];

export async function measureRetention(options) {
  const end = Math.floor((Date.now() - 120_000) / 1000) * 1000;
  const [from, to] = [end - 2 * DAY, end - DAY];
  const people = await manyPeople({
    persons: options.events / 10,
    messages: options.events,
    from: new Date(from),
    to: new Date(to),
  });
  await people.owner.query(INSTRUCT, [people.tenantId, JSON.stringify(document)]);
  const clock = { now: from + DAY };
  const late = [];
  const log = createLogger(loadConfig({ PARLEY_LOG_LEVEL: 'silent' }));
  const rights = createRights({
    store: people.store,
    facts: { channels: {} },
    call: async () => ({ kind: 'failed', reason: 'none' }),
    backups: { keyDays: 7, dataDays: 30 },
    openForPerson: () => null,
    wake: () => undefined,
    late: (category, seconds) => category === 'content' && late.push(seconds),
    isolate: createIsolate({ log, metrics: createMetrics() }),
    log,
    now: () => clock.now,
  });
  let [early, busy, ticks] = [0, 0, 0];
  while (clock.now < end + 60_000) {
    const started = performance.now();
    await rights.sweep();
    const took = performance.now() - started;
    busy += took;
    if (ticks++ % 500 === 0) {
      // What was kept after the cutoff: all of it must be there. Times are even, so their number is known.
      const cutoff = clock.now - DAY;
      const due = Math.min(options.events, Math.ceil((options.events * (cutoff - from)) / (to - from)));
      const { rows } = await people.owner.query(LEFT, [people.tenantId, new Date(cutoff)]);
      early += Math.max(0, options.events - due - rows[0].n - 1);
    }
    clock.now += Math.max(TICK, took);
  }
  const { rows } = await people.owner.query(LEFT, [people.tenantId, new Date(0)]);
  if (rows[0].n > 0) throw new Error(`${rows[0].n} messages were left`);
  await people.stop();
  late.sort((a, b) => a - b);
  return {
    retention_late_p99_s: percentile(late, 0.99),
    retention_early: early,
    retention_rows_per_second: (options.events * 1000) / busy,
  };
}
