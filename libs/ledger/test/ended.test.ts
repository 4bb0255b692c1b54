// A contract that ended in one process has ended on the disks of all, also in what was put aside; a new tenant of the same name keeps its own.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dailyFolder, setAnchorsAside } from '../src/anchors.js';
import { createForgetEnded, fileAnchors } from '../src/index.js';
import { startWorld, type TenantLedger, type World } from './ledger-world.js';

let world: World;
let disk: string;
beforeAll(async () => {
  world = await startWorld();
  disk = await mkdtemp(join(tmpdir(), 'parley-other-'));
});
afterAll(async () => {
  await world.stop();
  await rm(disk, { recursive: true, force: true });
});

/** Remembered there as by a process that places leaves and publishes. */
async function remembered(tenant: TenantLedger): Promise<void> {
  await world.ledger(fileAnchors(disk)).verify(tenant.id);
  await mkdir(dailyFolder(disk, tenant.slug), { recursive: true });
  await writeFile(join(dailyFolder(disk, tenant.slug), 'key'), tenant.slug);
}

async function paths(): Promise<string> {
  return (await readdir(disk, { recursive: true })).join('\n');
}

async function end({ id, slug }: TenantLedger): Promise<void> {
  await world.store.closeDoors(id, {
    type: 'contract-ended',
    instructed: 'delete',
    version: null,
    clause: 'default:at-end',
  });
  await world.store.destroyTenantKeys(id);
  await world.store.removeTenant(id, true, () => ({ id, slug, certificate: '{}', checkpoint: null, key: null }));
}

it('forgets who has gone, and nobody else', async () => {
  const [gone, stays, renamed] = [await world.tenant(), await world.tenant(), await world.tenant()];
  for (const tenant of [gone, stays, renamed]) {
    await tenant.append(3);
    await remembered(tenant);
  }
  await setAnchorsAside(disk, new Date());
  for (const tenant of [gone, stays, renamed]) await remembered(tenant);
  const forgetEnded = createForgetEnded({ store: world.store, anchors: fileAnchors(disk) });
  const before = await paths();
  await forgetEnded();
  expect(await paths()).toBe(before);
  for (const tenant of [gone, renamed]) await end(tenant);
  await world.store.createTenant(renamed.slug, 'another of that name');
  await forgetEnded();
  const left = await paths();
  expect([gone.id, gone.slug, renamed.id].filter((name) => left.includes(name))).toEqual([]);
  expect(left.match(new RegExp(stays.id, 'g'))).toHaveLength(2);
  expect(await readFile(join(dailyFolder(disk, stays.slug), 'key'), 'utf8')).toBe(stays.slug);
  expect(left).toContain(renamed.slug);
});
