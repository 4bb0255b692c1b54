// Brings the schema up to date, as the owner of the database; the application itself never owns anything.
import { DataSource } from 'typeorm';
import { ConfigError } from '#libs/platform';
import { opened, openTenantKey } from '#libs/vault';
import { loginsOf, type Logins } from './logins.js';
import { Spine1764000000000 } from './migrations/0001-spine.js';
import { ensureRoles, letIn, type Asking } from './roles.js';

/** The last of the migrations of this version. */
export const NEWEST = Spine1764000000000.name;

export interface Prepared {
  /** How many migrations ran. */
  readonly migrated: number;
  readonly logins: Logins;
}

interface Owner extends Asking {
  /** Runs what is missing, and answers how many migrations that were. */
  migrate(): Promise<number>;
}

/** One process at a time (advisory lock). The connections of the owner are closed afterwards. */
async function asOwner<T>(databaseUrl: string, work: (owner: Owner) => Promise<T>): Promise<T> {
  const source = new DataSource({
    type: 'postgres',
    url: databaseUrl,
    schema: 'parley',
    migrations: [Spine1764000000000],
    migrationsTableName: 'migration',
    logging: false,
    extra: { max: 2 },
  });
  await source.initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock(7064129)');
    return await work({
      query: (text, values) => lock.query(text, values) as Promise<never>,
      async migrate() {
        await lock.query('CREATE SCHEMA IF NOT EXISTS parley');
        return (await source.runMigrations({ transaction: 'each' })).length;
      },
    });
  } finally {
    await lock.query('SELECT pg_advisory_unlock(7064129)').catch(() => undefined);
    await lock.release();
    await source.destroy();
  }
}

/** The schema alone; answers how many migrations ran. @throws StartRefused, of an owner without the roles */
export function migrate(databaseUrl: string): Promise<number> {
  return asOwner(databaseUrl, async (owner) => {
    await ensureRoles(owner);
    return owner.migrate();
  });
}

/** So many keys of tenants say whose they are: one that is broken is not all. */
const KEYS_TRIED = 20;

/** Ready with another key, a process would fail with all that it takes in hand, and shut out the others. @throws ConfigError */
async function refuseOtherKey(owner: Owner, masterKey: Buffer): Promise<void> {
  await owner.query('SET ROLE parley_backup');
  const keys = await owner.query<{ tenant_id: string; wrapped: Buffer }>(
    `SELECT tenant_id, wrapped FROM parley.tenant_key LIMIT ${KEYS_TRIED}`,
  );
  await owner.query('RESET ROLE');
  const opens = ({ tenant_id, wrapped }: (typeof keys)[number]): boolean =>
    opened(() => openTenantKey(masterKey, tenant_id, wrapped)) !== null;
  if (keys.length > 0 && !keys.some(opens))
    throw new ConfigError(['PARLEY_MASTER_KEY is not the key that the data of this database is under']);
}

/** The schema, and the roles under which a process with this master key works on it. @throws StartRefused, ConfigError */
export function prepareDatabase(databaseUrl: string, masterKey: Buffer): Promise<Prepared> {
  return asOwner(databaseUrl, async (owner) => {
    const [database] = await owner.query<{ oid: string }>(
      'SELECT oid::text AS oid FROM pg_database WHERE datname = current_database()',
    );
    const logins = loginsOf(databaseUrl, masterKey, database!.oid);
    await ensureRoles(owner, Object.values(logins));
    const migrated = await owner.migrate();
    await refuseOtherKey(owner, masterKey);
    for (const login of Object.values(logins)) await letIn(owner, login);
    return { migrated, logins };
  });
}
