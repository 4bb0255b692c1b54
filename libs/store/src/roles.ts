// The roles that the schema names: made once per server, by whoever may; the owner of each database has to be able to become them.
import { StartRefused } from '#libs/platform';

export interface Asking {
  query<T>(text: string, values?: unknown[]): Promise<T[]>;
}

const ROLES = ['parley_app', 'parley_directory', 'parley_backup'];
const MAY_NOT = '42501';
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
    if (code === MAY_NOT) return false;
    throw error;
  }
}

/** Roles that are not there; before PostgreSQL 16 a member may always become what it is a member of. */
const MISSING =
  'SELECT name FROM unnest($1::text[]) AS name WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)';
const NOT_OURS = `SELECT rolname AS name FROM pg_roles WHERE rolname = ANY ($1)
  AND NOT pg_has_role(current_user, oid, CASE WHEN current_setting('server_version_num')::int < 160000 THEN 'MEMBER' ELSE 'SET' END)`;

/** @throws StartRefused, with what a superuser has to run */
export async function ensureRoles(db: Asking): Promise<void> {
  const named = async (text: string): Promise<string[]> =>
    (await db.query<{ name: string }>(text, [ROLES])).map(({ name }) => name);
  const [me] = await db.query<{ name: string }>('SELECT quote_ident(current_user) AS name');
  const make = (role: string): string => `CREATE ROLE ${role} NOLOGIN NOSUPERUSER NOBYPASSRLS;`;
  const give = (roles: readonly string[]): string => `GRANT ${roles.join(', ')} TO ${me!.name};`;
  const unmade: string[] = [];
  for (const role of await named(MISSING)) if (!(await may(db, make(role)))) unmade.push(role);
  const ungiven = new Set(unmade);
  for (const role of await named(NOT_OURS)) if (!(await may(db, give([role])))) ungiven.add(role);
  if (ungiven.size === 0) return;
  const run = [...unmade.map(make), give(ROLES.filter((role) => ungiven.has(role)))];
  throw new StartRefused(
    `The owner of the database may not make or grant the roles that Parley needs; run as a superuser: ${run.join(' ')}`,
  );
}
