// The identifier map and the ledger say what was done, not what was ruled: where nothing follows from an event, everything of it was dropped.
import { readFileSync } from 'node:fs';
import { startLine, type Line } from './line.js';
import { startNumber, withNumber } from './number.js';

let line: Line;
beforeAll(async () => void (line = await startLine()));
afterAll(() => line.stop());

/** One case of WhatsApp, taken in under instructions that keep who it is and pass on the name and the click. */
async function taken(name: string) {
  const t = await line.tenant((d) => {
    withNumber(d);
    const { identifiers } = (d['channels'] as unknown as Record<string, { identifiers: object }>)['whatsapp-cloud']!;
    Object.assign(identifiers, { profile_name: 'pass', marketing_click_id: 'keep', message_id: 'pseudonymise' });
    const { support } = d['purposes'] as unknown as Record<string, { data: string[] }>;
    support!.data.push('profile', 'derived');
    const { bot } = d['recipients'] as unknown as Record<string, object>;
    Object.assign(bot!, { identifiers: ['profile_name'] });
  });
  const number = await startNumber(line, t);
  const payload = JSON.parse(readFileSync(`test/cases/whatsapp-cloud/${name}.payload.json`, 'utf8')) as unknown;
  await line.intake.session((await line.tenants.connection(number.id))!, payload, new Map());
  const seen = await line.store.observations(t.id);
  const leaves = await t.query<{ leaf: { type: string; outcome: string; clause: string } }>(
    'SELECT leaf FROM parley.ledger_leaf WHERE tenant_id = $1 ORDER BY seq',
  );
  return {
    /** Of the kinds that are told apart here: what was done. */
    done: Object.fromEntries(seen.filter(({ action }) => action !== 'drop').map(({ kind, action }) => [kind, action])),
    seen: seen.map(({ kind }) => kind),
    ledger: leaves.map(({ leaf }) => leaf).filter(({ type }) => type === 'intake').map(({ outcome, clause }) => [outcome, clause]),
    rows: (await t.rows()).length,
  };
} // prettier-ignore

it('a message: as instructed', async () => {
  const { done, ledger } = await taken('text');
  expect(done).toEqual({ user_id: 'keep', wa_id: 'keep', message_id: 'pseudonymise', profile_name: 'pass' });
  expect(ledger).toEqual([['accepted', '/purposes/support']]);
});

it('what another app works on is stored, and passed on to nobody', async () => {
  const { done, ledger } = await taken('standby-message');
  expect(done).toMatchObject({ user_id: 'keep', message_id: 'pseudonymise' });
  expect(done).not.toHaveProperty('profile_name');
  expect(ledger).toEqual([['accepted', '/purposes/support']]);
});

it.each(['history', 'click-on-marketing-message'])('%s: nothing of it is stored or passed on', async (name) => {
  const { done, seen, ledger, rows } = await taken(name);
  expect([rows, done]).toEqual([0, {}]);
  expect(seen.length).toBeGreaterThan(1);
  expect(new Set(ledger.map(String))).toEqual(new Set(['noted,default:not-acted-on']));
});

it('a delivery state has a row: it is counted as what it is', async () => {
  const { done, ledger } = await taken('status-read-bsuid-only');
  expect(done).toMatchObject({ message_id: 'pseudonymise' });
  expect(ledger).toEqual([['accepted', '/purposes/support']]);
});
