// Once a day every checkpoint leaves the database: a file per tenant and day, which the controller is given, and a witness
// that keeps what it was sent. What others keep, nobody here can rewrite.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HttpRequest, HttpResponse } from '#libs/kernel';
import type { Logger } from '#libs/platform';
import type { Store, TenantRow } from '#libs/store';
import { LedgerBroken } from './findings.js';
import type { Ledger, SignedHead } from './ledger.js';

const PAGE = 500;
const TIMEOUT_MS = 10_000;
const MOST_ANSWERED = 64 * 1024;

export interface PublishDeps {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly dataDir: string;
  /** Takes signed checkpoints as text; null: there is none. */
  readonly witness: string | null;
  readonly call: (request: HttpRequest) => Promise<HttpResponse>;
  readonly log: Logger;
  readonly now: () => number;
}

/** Publishes the checkpoints of all tenants; what fails for one does not hold up the others. */
export function createPublish(deps: PublishDeps): () => Promise<void> {
  const { store, ledger, log } = deps;
  const folder = join(deps.dataDir, 'ledger', 'daily');

  async function keep({ slug }: TenantRow, { note, key }: SignedHead): Promise<void> {
    const day = new Date(deps.now()).toISOString().slice(0, 10);
    await mkdir(join(folder, slug), { recursive: true, mode: 0o700 });
    await writeFile(join(folder, slug, `${day}.checkpoint`), note, { mode: 0o600 });
    await writeFile(join(folder, slug, 'key'), `${key}\n`, { mode: 0o600 });
  }

  async function witnessed({ note }: SignedHead): Promise<boolean> {
    if (deps.witness === null) return true;
    const body = { contentType: 'text/plain; charset=utf-8', text: note };
    const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MOST_ANSWERED };
    const answer = await deps.call({ method: 'POST', url: deps.witness, body, expect: 'none', ...limits });
    return answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;
  }

  async function publishOne(tenant: TenantRow): Promise<'published' | 'failed' | 'empty'> {
    try {
      const head = await ledger.checkpoint(tenant.id);
      if (!head) return 'empty';
      await keep(tenant, head);
      return (await witnessed(head)) ? 'published' : 'failed';
    } catch (error) {
      if (!(error instanceof LedgerBroken)) throw error;
      log.error('ledger.failed', { tenantId: tenant.id, error });
      return 'failed';
    }
  }

  return async function publish() {
    const counts = { published: 0, failed: 0, empty: 0 };
    for (let after: string | null = ''; after !== null;) {
      const page: TenantRow[] = await store.tenants(after, PAGE);
      for (const tenant of page) counts[await publishOne(tenant)] += 1;
      after = page.length < PAGE ? null : page.at(-1)!.slug;
    }
    log.info('ledger.checkpoint', { count: counts.published, failed: counts.failed });
  };
}
