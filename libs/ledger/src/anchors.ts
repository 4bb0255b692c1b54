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
  /** The tenant is gone. */
  forget(tenant: { readonly id: string; readonly slug: string }): Promise<void>;
}

const FOLDER = 'ledger';
const SUFFIX = '.checkpoint';

/** Where the daily checkpoints of a tenant are, to be given to the controller. */
export const dailyFolder = (dataDir: string, slug: string): string => join(dataDir, FOLDER, 'daily', slug);

/** One file per tenant: the public key in base64, a line, and the note as it is. */
export function fileAnchors(dataDir: string): Anchors {
  const folder = join(dataDir, FOLDER);
  const fileOf = (tenantId: string): string => join(folder, `${tenantId}${SUFFIX}`);
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
    async forget({ id, slug }) {
      await rm(fileOf(id), { force: true });
      await rm(dailyFolder(dataDir, slug), { recursive: true, force: true });
    },
  };
}

/** The ledgers were set back on purpose: what was remembered of them is put aside, under the time of that. */
export async function setAnchorsAside(dataDir: string, at: Date): Promise<void> {
  const folder = join(dataDir, FOLDER);
  const names = await readdir(folder).catch(() => []);
  const aside = join(folder, 'before-restoring', at.toISOString().replaceAll(':', '-'));
  await mkdir(aside, { recursive: true, mode: 0o700 });
  for (const name of names) if (name.endsWith(SUFFIX)) await rename(join(folder, name), join(aside, name));
}
