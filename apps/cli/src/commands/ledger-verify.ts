// parley ledger verify: computes every hash again, in the gateway's own database, whether or not the gateway runs.
import type { Command } from 'commander';
import { createLedger, fileAnchors, type Ledger, type Verification } from '#libs/ledger';
import { openStore, type Store, type TenantRow } from '#libs/store';
import { SealBroken } from '#libs/vault';
import { atDatabase } from '../at-database.js';
import { Failure, type Io } from '../io.js';
import { table } from '../table.js';

const PAGE = 500;
const POOL = 4;
const MOST_FINDINGS = 20;

interface Verified {
  readonly slug: string;
  readonly verification: Verification;
}

async function* tenantsOf(store: Store): AsyncGenerator<TenantRow> {
  for (let after = ''; ;) {
    const page = await store.tenants(after, PAGE);
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)!.slug;
  }
}

async function chosen(store: Store, slug: string | undefined): Promise<AsyncIterable<TenantRow> | TenantRow[]> {
  if (slug === undefined) return tenantsOf(store);
  const tenant = await store.tenantBySlug(slug);
  if (!tenant) throw new Failure(`There is no tenant ${slug}.`);
  return [tenant];
}

async function verifyAll(ledger: Ledger, tenants: AsyncIterable<TenantRow> | TenantRow[]): Promise<Verified[]> {
  const verified: Verified[] = [];
  for await (const { id, slug } of tenants) verified.push({ slug, verification: await ledger.verify(id) });
  return verified;
}

const withStore = <T>(io: Io, work: (store: Store, ledger: Ledger) => Promise<T>): Promise<T> =>
  atDatabase(io, { alone: false }, async ({ url, masterKey, dataDir }) => {
    const store = openStore({ databaseUrl: url, masterKey, poolSize: POOL, onError: () => undefined });
    try {
      return await work(store, createLedger({ store, anchors: fileAnchors(dataDir), now: io.now }));
    } catch (error) {
      if (error instanceof SealBroken)
        throw new Failure('The master key is not the one of this database: see PARLEY_DATA_DIR and PARLEY_MASTER_KEY.');
      throw error;
    } finally {
      await store.close();
    }
  });

function asJson(all: readonly Verified[]): string {
  const tenants = all.map(({ slug, verification: { root, findings, ...rest } }) => ({
    slug,
    ...rest,
    root: root.toString('base64'),
    findings: findings.slice(0, MOST_FINDINGS),
  }));
  return JSON.stringify({ valid: tenants.every(({ valid }) => valid), tenants });
}

const row = ({ slug, verification: v }: Verified): readonly string[] => [
  slug,
  v.valid ? 'yes' : 'no',
  String(v.size),
  v.findings
    .slice(0, MOST_FINDINGS)
    .map(({ kind, at }) => (at === null ? kind : `${kind} at ${at}`))
    .join(', ') || '-',
];

export function ledgerVerify(parent: Command, io: Io): void {
  parent
    .command('verify [tenant]')
    .description('compute the ledger again and compare it with what was signed; exit code 1 when it was changed')
    .option('--all', 'every tenant')
    .option('--json', 'print the answer as JSON; it says whether all is valid, and the exit code is 0')
    .action(async (slug: string | undefined, options: { all?: boolean; json?: boolean }) => {
      if ((slug === undefined) !== Boolean(options.all)) throw new Failure('Name one tenant, or say --all.');
      const all = await withStore(io, async (store, ledger) => verifyAll(ledger, await chosen(store, slug)));
      if (options.json) return io.line(asJson(all));
      table(['TENANT', 'VALID', 'LEAVES', 'FINDINGS'], all.map(row)).forEach((line) => io.line(line));
      if (all.some(({ verification }) => !verification.valid)) throw new Failure('A ledger was changed.');
    });
}
