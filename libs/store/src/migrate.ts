// Brings the schema up to date, as the owner of the database; the application itself never owns anything.
import { DataSource } from 'typeorm';
import { Spine1764000000000 } from './migrations/0001-spine.js';
import { ensureRoles } from './roles.js';

/** Runs what is missing, one process at a time (advisory lock), and answers how many migrations ran. @throws StartRefused, of an owner without the roles */
export async function migrate(databaseUrl: string): Promise<number> {
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
    await ensureRoles(lock);
    await lock.query('CREATE SCHEMA IF NOT EXISTS parley');
    return (await source.runMigrations({ transaction: 'each' })).length;
  } finally {
    await lock.query('SELECT pg_advisory_unlock(7064129)').catch(() => undefined);
    await lock.release();
    await source.destroy();
  }
}
