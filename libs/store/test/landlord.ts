// Databases whose owner is nobody special, as a provider's are: it may make roles, and is under the row-level security that it forces.
import pg from 'pg';
import { migrate, openStore, type Store } from '../src/index.js';
import type { TestDatabase } from './database.js';

export interface Owned {
  readonly url: string;
  readonly store: Store;
  /** As the superuser, who sees everything. */
  readonly look: pg.Client;
  close(): Promise<void>;
}

export interface Landlord {
  owned(): Promise<Owned>;
  end(): Promise<void>;
}

export async function startLandlord(server: TestDatabase, masterKey: Buffer): Promise<Landlord> {
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query("CREATE ROLE landlord LOGIN PASSWORD 'secret' NOSUPERUSER CREATEROLE");
  await admin.query('GRANT parley_app, parley_directory, parley_backup TO landlord WITH ADMIN OPTION');
  let names = 0;
  return {
    async owned() {
      const name = `owned_${++names}`;
      await admin.query(`CREATE DATABASE ${name} OWNER landlord`);
      const at = (user: string | null): string => {
        const url = new URL(server.url);
        url.pathname = `/${name}`;
        if (user) [url.username, url.password] = [user, 'secret'];
        return url.href;
      };
      const url = at('landlord');
      await migrate(url);
      const store = openStore({ databaseUrl: url, masterKey, poolSize: 2, onError: () => undefined });
      const look = new pg.Client({ connectionString: at(null) });
      await look.connect();
      return { url, store, look, close: async () => void (await Promise.all([store.close(), look.end()])) };
    },
    end: () => admin.end(),
  };
}
