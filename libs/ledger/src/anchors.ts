// What is remembered of a ledger outside of the database: its key and last checkpoint. Whoever rewrites the database, or
// puts back an older state of it, does not rewrite these files.
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Anchor {
  readonly publicKey: Buffer;
  /** Signed checkpoint. */
  readonly note: string;
}

export interface Anchors {
  last(tenantId: string): Promise<Anchor | null>;
  keep(tenantId: string, anchor: Anchor): Promise<void>;
  /** Ids and slugs of tenants of whom anything is here. */
  remembered(): Promise<ReadonlySet<string>>;
  /** The tenant is gone. `slug` is null where another has it by now. */
  forget(tenant: { readonly id: string; readonly slug: string | null }): Promise<void>;
}

const FOLDER = 'ledger';
const SUFFIX = '.checkpoint';

const DAILY = 'daily';
const ASIDE = 'before-restoring';

/** Where the daily checkpoints of a tenant are, to be given to the controller. */
export const dailyFolder = (dataDir: string, slug: string): string => join(dataDir, FOLDER, DAILY, slug);

/** One file per tenant: the public key in base64, a line, and the note as it is. */
export function fileAnchors(dataDir: string): Anchors {
  const folder = join(dataDir, FOLDER);
  const fileOf = (tenantId: string, within = folder): string => join(within, `${tenantId}${SUFFIX}`);
  const namesIn = (path: string): Promise<string[]> => readdir(path).catch(() => []);
  /** Where files of a ledger may be: the present ones, and those that were put aside. */
  const folders = async (): Promise<string[]> => [
    folder,
    ...(await namesIn(join(folder, ASIDE))).map((name) => join(folder, ASIDE, name)),
  ];
  return {
    async last(tenantId) {
      try {
        const text = await readFile(fileOf(tenantId), 'utf8');
        const line = text.indexOf('\n');
        return { publicKey: Buffer.from(text.slice(0, line), 'base64'), note: text.slice(line + 1) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    async keep(tenantId, { publicKey, note }) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const draft = `${fileOf(tenantId)}.${randomBytes(6).toString('hex')}`;
      try {
        await writeFile(draft, `${publicKey.toString('base64')}\n${note}`, { mode: 0o600 });
        await rename(draft, fileOf(tenantId));
      } finally {
        await rm(draft, { force: true });
      }
    },
    async remembered() {
      const files = (await Promise.all((await folders()).map(namesIn))).flat();
      const ids = files.filter((name) => name.endsWith(SUFFIX)).map((name) => name.slice(0, -SUFFIX.length));
      return new Set([...ids, ...(await namesIn(join(folder, DAILY)))]);
    },
    async forget({ id, slug }) {
      for (const within of await folders()) await rm(fileOf(id, within), { force: true });
      if (slug !== null) await rm(dailyFolder(dataDir, slug), { recursive: true, force: true });
    },
  };
}

/** The ledgers were set back on purpose: what was remembered of them is put aside, under the time of that. */
export async function setAnchorsAside(dataDir: string, at: Date): Promise<void> {
  const folder = join(dataDir, FOLDER);
  const names = await readdir(folder).catch(() => []);
  const aside = join(folder, ASIDE, at.toISOString().replaceAll(':', '-'));
  await mkdir(aside, { recursive: true, mode: 0o700 });
  for (const name of names) if (name.endsWith(SUFFIX)) await rename(join(folder, name), join(aside, name));
}
