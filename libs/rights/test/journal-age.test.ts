// A database that was put back by other means than ours is compared with the journal at the start: where it lacks the time in between, nobody is let in.
import { appendFileSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartRefused } from '#libs/platform';
import { journalFile, journalPath } from '../src/journal/file.js';
import { createJournal } from '../src/journal/journal.js';
import { createRecovery } from '../src/journal/recovery.js';
import { until } from '../../../test/support/until.js';
import { log, startWorld, type World } from './world.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FIRST = Date.parse('2026-06-01T00:00:00Z');

let world: World;
let dir: string;
beforeEach(async () => {
  world = await startWorld();
  dir = newDir();
});
afterEach(() => world.stop());

const newDir = (): string => mkdtempSync(join(world.dir, 'process-'));
/** A process on this data directory, at this time. */
function gateway(at: number, dataDir = dir) {
  const deps = { store: world.store, log, now: () => at };
  const journal = createJournal({ ...deps, file: journalFile(dataDir), days: 30 });
  const recovery = createRecovery({
    ...deps, journal, backups: { keyDays: 7, dataDays: 30 }, openForPerson: () => null, correct: () => null, endAgain: async () => undefined,
  }); // prettier-ignore
  return { starts: () => recovery.recover(), beats: () => journal.beat() };
}
const setBackTo = (at: number): Promise<unknown> =>
  world.admin.query('UPDATE parley.heartbeat SET at = $1', [new Date(at)]);
const lastBeat = async (): Promise<number> =>
  (await world.admin.query<{ at: Date }>('SELECT at FROM parley.heartbeat')).rows[0]!.at.getTime();
const span = async (dataDir = dir): Promise<(string | undefined)[]> => {
  const found = await journalFile(dataDir).span();
  return [found.since?.toISOString(), found.until?.toISOString()];
};

it('a new database, a gateway that was away for long, and one that joins others are let in', async () => {
  await gateway(FIRST).starts();
  await gateway(FIRST + 100 * DAY_MS).starts();
  expect(await span()).toEqual(['2026-08-10T00:00:00.000Z', '2026-09-09T00:00:00.000Z']);
  await gateway(FIRST + 100 * DAY_MS + HOUR_MS, newDir()).starts();
});

it('set back to a time that the journal has: let in', async () => {
  await gateway(FIRST).starts();
  await gateway(FIRST + 20 * DAY_MS).beats();
  await setBackTo(FIRST + 10 * DAY_MS);
  await gateway(FIRST + 21 * DAY_MS).starts();
  expect(await lastBeat()).toBe(FIRST + 21 * DAY_MS);
});

it.each([
  ['begins later', true, /complete only since 2026-06-21/],
  ['is not there', false, /is not there/],
])('set back to before a journal that %s: refused, and nothing is written', async (_what, isThere, why) => {
  await gateway(FIRST).starts();
  await gateway(FIRST + 20 * DAY_MS).starts();
  const later = newDir();
  if (isThere) await gateway(FIRST + 20 * DAY_MS, later).starts();
  const back = FIRST + 10 * DAY_MS;
  await setBackTo(back);
  const written = (): string | null =>
    existsSync(journalPath(later)) ? readFileSync(journalPath(later), 'utf8') : null;
  const before = written();
  const refused = await gateway(FIRST + 21 * DAY_MS, later)
    .starts()
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(StartRefused);
  expect((refused as Error).message).toMatch(why);
  expect([written(), await lastBeat()]).toEqual([before, back]);
  // The word of whoever runs it, as the refusal has it.
  appendFileSync(journalPath(later), `\n${/\{.*\}/.exec((refused as Error).message)![0]}\n`);
  await gateway(FIRST + 21 * DAY_MS, later).starts();
});

it('a journal that ended before the database was last used, and nobody to ask: refused until one starts that followed it', async () => {
  await gateway(FIRST).starts();
  const other = newDir();
  await gateway(FIRST + HOUR_MS, other).starts();
  await gateway(FIRST + 5 * DAY_MS, other).beats();
  const old = newDir();
  appendFileSync(journalPath(old), `${JSON.stringify({ since: '2026-06-01T00:00:00.000Z', until: '2026-06-03T00:00:00.000Z' })}\n`); // prettier-ignore
  await expect(gateway(FIRST + 6 * DAY_MS, old).starts()).rejects.toThrow(/ends at 2026-06-03/);
  await gateway(FIRST + 6 * DAY_MS, other).starts();
  await gateway(FIRST + 6 * DAY_MS + HOUR_MS, old).starts();
});

it('a process hears that others found everything in order, and its journal is good until then', async () => {
  await gateway(FIRST).starts();
  const other = newDir();
  await gateway(FIRST + HOUR_MS, other).starts();
  await gateway(FIRST + 2 * HOUR_MS, other).beats();
  await until('the other heard', async () => (await span())[1] === '2026-06-01T02:00:00.000Z');
  expect(await span()).toEqual(['2026-06-01T00:00:00.000Z', '2026-06-01T02:00:00.000Z']);
});
