// The drill: a backup is put back, and whoever was erased since is not; the ledger says why. By parley restore, and by copying files.
import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { main } from '../../apps/cli/src/main.js';
import { databaseUrl } from '#libs/platform';
import { acme, instructions, took, type Acme } from '../support/acme.js';
import { until } from '../support/until.js';
import { postSigned, whatsApp, whatsAppText } from '../support/webhooks.js';
import { startWorld, type World } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld({ PARLEY_LOG_LEVEL: 'info' });
});
afterAll(() => world.end());

let people = 0;
const somebody = () => ({ phone: `4915155500${String(++people).padStart(3, '0')}`, user: `DE.5550000${++people}` });
type Person = ReturnType<typeof somebody>;

async function writes(tenant: Acme, from: Person, text: string): Promise<void> {
  const payload = whatsApp(tenant.phoneNumberId, from, [whatsAppText(text)]);
  expect((await postSigned(tenant.whatsApp, payload, { secret: tenant.secret })).status).toBe(200);
  await until(`the bot hears "${text}"`, () => world.bot.heard(text).length > 0);
}

async function exercise(tenant: Acme, right: string, who: Person) {
  const subject = { channel: 'whatsapp-cloud', kind: 'wa_id', value: who.phone };
  const { id } = took(await tenant.call('POST', '/requests', { right, subject }), right);
  return until(`${right} is completed`, async () => {
    const { json } = await tenant.call('GET', `/requests/${String(id)}`);
    return json['state'] === 'completed' && json;
  });
}
const heldAbout = async (tenant: Acme, who: Person): Promise<string> => {
  const { id } = await exercise(tenant, 'access', who);
  return (await tenant.call('GET', `/requests/${String(id)}/result`)).text;
};

async function parley(...args: readonly string[]) {
  const said: string[] = [];
  const code = await main(args, {
    env: { PARLEY_DATA_DIR: world.gateway.dataDir },
    line: (text) => void said.push(text),
    complain: (text) => void said.push(text),
    now: Date.now,
    interrupted: () => Promise.resolve(),
  });
  return { code, said: said.join('\n') };
}

async function leaves(): Promise<readonly Record<string, string>[]> {
  const client = new pg.Client({
    connectionString: await databaseUrl({ databaseUrl: null, dataDir: world.gateway.dataDir }),
  });
  await client.connect();
  const { rows } = await client.query<{ leaf: Record<string, string> }>(
    'SELECT leaf FROM parley.ledger_leaf ORDER BY seq',
  );
  await client.end();
  return rows.map(({ leaf }) => leaf);
}
const ofType = async (type: string) => (await leaves()).filter((leaf) => leaf['type'] === type);

test('by parley backup and parley restore', async () => {
  const [stays, ends] = [await acme(world.gateway, instructions(world.bot.url)), await acme(world.gateway, instructions(world.bot.url))]; // prettier-ignore
  const [anna, ben, carl] = [somebody(), somebody(), somebody()];
  await writes(stays, anna, 'anna before the backup');
  await writes(stays, ben, 'ben before the backup');
  await writes(ends, carl, 'carl before the backup');
  const files = [
    '--data',
    path.join(world.gateway.dataDir, 'b.data'),
    '--keys',
    path.join(world.gateway.dataDir, 'b.keys'),
  ];
  copyFileSync(path.join(world.gateway.dataDir, 'deletions.jsonl'), path.join(world.gateway.dataDir, 'early.jsonl'));
  expect(await parley('backup', ...files)).toMatchObject({ code: 0, said: expect.stringContaining('destroy it by') });
  expect(await parley('backup', ...files)).toMatchObject({
    code: 1,
    said: expect.stringContaining('is there already'),
  });
  expect(await heldAbout(stays, anna)).toContain('anna before the backup');

  const erased = await exercise(stays, 'erasure', anna);
  expect(erased['certificate']).toMatchObject({ backupsReadableUntil: expect.any(String), backupsGoneBy: expect.any(String) }); // prettier-ignore
  const [entry] = await ofType('deletion');
  took(await world.gateway.call('DELETE', `/v1/tenants/${ends.slug}`), 'end of contract');
  expect(await parley('restore', ...files)).toMatchObject({ code: 1, said: expect.stringContaining('Another Parley') });
  await world.gateway.stop();
  // Elsewhere, with a copy of the journal that knows nothing of what came after the backup.
  const [own, away, early] = ['deletions.jsonl', 'away.jsonl', 'early.jsonl'].map((name) => path.join(world.gateway.dataDir, name)) as [string, string, string]; // prettier-ignore
  renameSync(own, away);
  expect(await parley('restore', ...files, '--journal', early)).toMatchObject({ code: 1, said: expect.stringMatching(/ends before that, at .*copy that was made later/) }); // prettier-ignore
  renameSync(away, own);
  const restored = await parley('restore', ...files);
  expect(restored).toMatchObject({ code: 0, said: expect.stringMatching(/tenants, as of[^]*erased since: 2\./) });
  await world.gateway.start();

  expect(await heldAbout(stays, anna)).not.toContain('anna before the backup');
  expect(await heldAbout(stays, ben)).toContain('ben before the backup');
  expect((await world.gateway.call('GET', `/v1/tenants/${ends.slug}`)).status).toBe(404);
  const late = whatsApp(ends.phoneNumberId, carl, [whatsAppText('carl after the end')]);
  expect((await postSigned(ends.whatsApp, late, { secret: ends.secret })).status).toBe(404);
  const { entry: id, digest } = entry!;
  expect(await ofType('deletion-replayed')).toEqual([{ entry: id, digest, type: 'deletion-replayed' }]);
  expect(await ofType('restored')).toEqual([expect.objectContaining({ backup: expect.any(String), checkpoint: expect.stringContaining('\n') })]); // prettier-ignore
  expect(took(await stays.call('GET', '/ledger/verify'), 'verification')).toMatchObject({ valid: true });
  await writes(stays, anna, 'anna after the restoration');
  const again = await heldAbout(stays, anna);
  expect([again.includes('after the restoration'), again.includes('before the backup')]).toEqual([true, false]);
  await world.gateway.stop();
  await world.gateway.start();
  expect(await heldAbout(stays, anna)).toContain('anna after the restoration');
});

test('by putting the files of the database back, as a snapshot of a disk would', async () => {
  const [stays, ends] = [await acme(world.gateway, instructions(world.bot.url)), await acme(world.gateway, instructions(world.bot.url))]; // prettier-ignore
  const [dora, emil] = [somebody(), somebody()];
  await writes(stays, dora, 'dora before the snapshot');
  await writes(stays, emil, 'emil before the snapshot');
  await world.gateway.stop();
  const files = path.join(world.gateway.dataDir, 'postgres');
  const copy = (from: string, to: string): Buffer => execFileSync('cp', ['-a', from, to]);
  copy(files, `${files}.snapshot`);
  await world.gateway.start();
  await exercise(stays, 'erasure', dora);
  took(await world.gateway.call('DELETE', `/v1/tenants/${ends.slug}`), 'end of contract');
  await world.gateway.stop();
  rmSync(files, { recursive: true });
  copy(`${files}.snapshot`, files);
  await world.gateway.start();
  expect(world.gateway.output()).toMatch(/"deletions.replayed"[^\n]*"count":2/);
  expect(await heldAbout(stays, dora)).not.toContain('dora before the snapshot');
  expect(await heldAbout(stays, emil)).toContain('emil before the snapshot');
  expect((await world.gateway.call('GET', `/v1/tenants/${ends.slug}`)).status).toBe(404);
});

test('a database that was last in use before the journal begins is not started on, and nothing is left running', async () => {
  const tenant = await acme(world.gateway, instructions(world.bot.url));
  await world.gateway.stop();
  const journal = path.join(world.gateway.dataDir, 'deletions.jsonl');
  const since = JSON.stringify({ since: new Date(Date.now() + 1_000).toISOString() });
  writeFileSync(journal, readFileSync(journal, 'utf8').replace(/\{"since":[^}]*\}/, since));
  await expect(world.gateway.start()).rejects.toThrow(/journal of deletions, .*, is complete only since/);
  const [, line] = /the line (\{.*?\}) in it is your word/.exec(world.gateway.output())!;
  appendFileSync(journal, `${line}\n`);
  await world.gateway.start();
  expect((await tenant.call('GET', '/requests')).status).toBe(200);
});
