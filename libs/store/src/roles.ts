// The roles that the schema names, made once per server by whoever may, and those of this database that log in.
import { StartRefused } from '#libs/platform';
import { shutOut, verifierOf, type Login } from './logins.js';

export interface Asking {
  query<T>(text: string, values?: unknown[]): Promise<T[]>;
}

const ROLES = ['parley_app', 'parley_directory', 'parley_backup'];
/** insufficient_privilege; undefined_object, of a role that this user may not make. */
const MAY_NOT: ReadonlySet<unknown> = new Set(['42501', '42704']);
/** Another installation on this server was quicker: duplicate_object, unique_violation. */
const THERE: ReadonlySet<unknown> = new Set(['42710', '23505']);

/** Runs it; false: this user may not. */
async function may(db: Asking, text: string): Promise<boolean> {
  try {
    await db.query(text);
    return true;
  } catch (error) {
    const { code } = error as { code?: string };
    if (THERE.has(code)) return true;
    if (MAY_NOT.has(code)) return false;
    throw error;
  }
}

const MISSING =
  'SELECT name FROM unnest($1::text[]) AS name WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)';
/** Of some roles those that $2 may not become; before PostgreSQL 16 a member always may. */
const NOT_BECOMING = `SELECT name FROM unnest($1::text[]) WITH ORDINALITY AS asked (name, n) LEFT JOIN pg_roles r ON r.rolname = name
  WHERE pg_has_role((SELECT oid FROM pg_roles WHERE rolname = $2), r.oid,
    CASE WHEN current_setting('server_version_num')::int < 160000 THEN 'MEMBER' ELSE 'SET' END) IS NOT TRUE ORDER BY n`;
const WITHOUT_ENTRY = `SELECT quote_ident(current_database()) AS name FROM pg_roles
  WHERE rolname = ANY ($1) AND NOT has_database_privilege(oid, current_database(), 'CONNECT')`;

const DENIED = 'The owner of the database may not make or grant the roles that Parley needs';
const grant = (roles: readonly string[], to: string): string => `GRANT ${roles.join(', ')} TO ${to};`;
const passwordOf = (login: Login): string => `PASSWORD '${verifierOf(login.password)}'`;

/** @throws StartRefused, with what a superuser has to run */
export async function ensureRoles(db: Asking, logins: readonly Login[] = []): Promise<void> {
  const named = async (text: string, values: unknown[]): Promise<string[]> =>
    (await db.query<{ name: string }>(text, values)).map(({ name }) => name);
  const denied: string[] = [];
  const run = async (text: string): Promise<void> => void ((await may(db, text)) || denied.push(text));
  const become = async (name: string, quoted: string, roles: readonly string[]): Promise<void> => {
    const lacking = await named(NOT_BECOMING, [roles, name]);
    if (lacking.length > 0) await run(grant(lacking, quoted));
  };

  for (const role of await named(MISSING, [ROLES])) await run(`CREATE ROLE ${role} NOLOGIN NOSUPERUSER NOBYPASSRLS;`);
  const [me] = await db.query<{ name: string; quoted: string }>(
    'SELECT current_user AS name, quote_ident(current_user) AS quoted',
  );
  await become(me!.name, me!.quoted, ROLES);
  for (const login of logins) {
    const { role } = login;
    // Without what it is a member of until it becomes it: the directory's rows would be seen beside the tenant's.
    for (const missing of await named(MISSING, [[role]]))
      await run(
        `CREATE ROLE ${missing} LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS ${passwordOf(login)};`,
      );
    await become(role, role, login.becomes);
    for (const database of await named(WITHOUT_ENTRY, [[role]]))
      await run(`GRANT CONNECT ON DATABASE ${database} TO ${role};`);
  }
  if (denied.length > 0) throw new StartRefused(`${DENIED}; run as a superuser: ${denied.join(' ')}`);
}

/** Sees to it that it can log in: its password is set where the server has another, as of before the master key was changed. @throws StartRefused */
export async function letIn(db: Asking, login: Login): Promise<void> {
  if (!(await shutOut(login))) return;
  const set = `ALTER ROLE ${login.role} LOGIN ${passwordOf(login)};`;
  if (!(await may(db, set))) throw new StartRefused(`${DENIED}; run as a superuser: ${set}`);
  const code = await shutOut(login);
  if (code)
    throw new StartRefused(
      `The gateway does not work as the owner of the database, and the server does not let it in as ${login.role} with a password (${code}): see its pg_hba.conf.`,
    );
}
