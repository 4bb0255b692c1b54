// The roles under which a running process connects: of this database alone, and with no way to become its owner (docs/decisions/0025).
import { createHash, createHmac, hkdfSync, pbkdf2Sync, randomBytes } from 'node:crypto';
import pg from 'pg';

export interface Login {
  readonly role: string;
  readonly password: string;
  /** The given URL with this role in the owner's place. */
  readonly url: string;
  /** Roles that it may become. It has no right of theirs before it does. */
  readonly becomes: readonly string[];
}

/** `app` works on the tables of this schema, `queues` on those of the queues in PostgreSQL; neither sees the other's. */
export interface Logins {
  readonly app: Login;
  readonly queues: Login;
}

/** The name is the server's, so it says of which database; each process that has the master key knows the password. */
function login(databaseUrl: string, masterKey: Buffer, named: Pick<Login, 'role' | 'becomes'>): Login {
  const label = `parley database login ${named.role}`;
  const password = Buffer.from(hkdfSync('sha256', masterKey, '', label, 32)).toString('base64url');
  const url = new URL(databaseUrl);
  [url.username, url.password] = ['', ''];
  // As parameters, which come before what stands in front of the host: a URL without a host has no place for a user there.
  url.searchParams.set('user', named.role);
  url.searchParams.set('password', password);
  return { ...named, password, url: url.href };
}

/** `oid`: of the database, as `pg_database` has it. */
export function loginsOf(databaseUrl: string, masterKey: Buffer, oid: string): Logins {
  const of = (name: string, becomes: readonly string[]): Login =>
    login(databaseUrl, masterKey, { role: `parley_${name}_${oid}`, becomes });
  return { app: of('app', ['parley_app', 'parley_directory']), queues: of('queues', []) };
}

const ITERATIONS = 4096;

/** What PostgreSQL keeps of a password (RFC 5802, SCRAM-SHA-256): made here, so that no statement has the password itself. */
export function verifierOf(password: string, salt: Buffer = randomBytes(16)): string {
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256');
  const keyOf = (name: string): Buffer => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(keyOf('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored}:${keyOf('Server Key').toString('base64')}`;
}

/** Not let in: a wrong password, no way in for this role, or none into this database. */
const SHUT_OUT = /^(28|42501)/;

/** Null when the server lets it in, else the code with which it did not. Rejects when nobody is let in, as of a server that is away. */
export async function shutOut({ url }: Login): Promise<string | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return null;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code && SHUT_OUT.test(code)) return code;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
