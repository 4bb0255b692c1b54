// What a platform says of a message of ours: kept by the clause that lets routing data be stored, and by none not at all.
import { startLine, type Change, type Line } from './line.js';
import { startNumber } from './number.js';

let line: Line;
beforeAll(async () => void (line = await startLine()));
afterAll(() => line.stop());

const instructed =
  (more: object): Change =>
  (d) =>
    Object.assign(d, { channels: { 'whatsapp-cloud': { identifiers: { user_id: 'keep', wa_id: 'keep' } } }, ...more });
const purposes = (data: readonly string[], more: object = {}) => ({
  purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data, ...more } },
});
const NOW = Math.floor(Date.now() / 1000);

it('a state names version and clause; where no clause keeps it, it is not there', async () => {
  const t = await line.tenant(instructed({}));
  const number = await startNumber(line, t);
  const states = () =>
    t.query(
      'SELECT instruction_version AS version, clause FROM parley.delivery_status WHERE tenant_id = $1 ORDER BY 1',
    );
  await number.fails(131_026, NOW);
  const first = { version: 1, clause: '/purposes/support' };
  expect(await states()).toEqual([first]);
  const news = { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content'] };
  await t.approve(instructed({ purposes: { news, support: { ...news, data: ['content'] } } }));
  await number.fails(131_026, NOW);
  const second = { version: 2, clause: '/purposes/news' };
  expect(await states()).toEqual([first, second]);
  for (const nothing of [
    instructed(purposes(['content'])),
    instructed(purposes(['routing', 'content'], { operations: ['collect', 'disclose'] })),
    instructed({ channels: { 'whatsapp-cloud': { enabled: false, identifiers: { user_id: 'keep', wa_id: 'keep' } } } }),
    instructed({
      channels: { 'whatsapp-cloud': { identifiers: { user_id: 'keep', wa_id: 'keep', receipts: 'block' } } },
    }),
  ]) {
    await t.approve(nothing);
    await number.fails(131_026, NOW);
    expect(await states()).toEqual([first, second]);
  }
});

it('states of many tenants, versions and clauses go in together, each under its own', async () => {
  const tenants = await Promise.all([1, 2, 3].map(() => line.tenant(instructed({}))));
  await tenants[1]!.approve(
    instructed({ purposes: { care: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing'] } } }),
  );
  const numbers = await Promise.all(tenants.map((t, n) => startNumber(line, t, { account: `10000000000000${n}` })));
  await Promise.all(numbers.flatMap((number) => [number.fails(131_026, NOW), number.fails(131_047, NOW)]));
  const found = await Promise.all(
    tenants.map((t) =>
      t.query(
        'SELECT status, code, instruction_version AS version, clause FROM parley.delivery_status WHERE tenant_id = $1 ORDER BY code',
      ),
    ),
  );
  const under = (version: number, clause: string) =>
    ['131026', '131047'].map((code) => ({ status: 'failed', code, version, clause }));
  expect(found).toEqual([under(1, '/purposes/support'), under(2, '/purposes/care'), under(1, '/purposes/support')]);
});
