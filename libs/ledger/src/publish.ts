// Once a day every checkpoint leaves the database: to a file, to where the controller wants it, and to a witness that keeps
// what it was sent. What others keep, nobody here can rewrite. Whoever did not answer is told again the next hour.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstructionsDocument } from '#libs/instructions';
import type { HttpRequest, HttpResponse } from '#libs/kernel';
import type { Isolate, Logger } from '#libs/platform';
import type { Store, TenantRow } from '#libs/store';
import { dailyFolder } from './anchors.js';
import { LedgerBroken } from './findings.js';
import type { Ledger, SignedHead } from './ledger.js';

const PAGE = 500;
/** Whoever answers late holds up one of these. */
const AT_ONCE = 8;
const TIMEOUT_MS = 10_000;
const MOST_ANSWERED = 64 * 1024;

export interface PublishDeps {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly dataDir: string;
  /** Takes signed checkpoints as text; null: there is none. */
  readonly witness: string | null;
  readonly call: (request: HttpRequest) => Promise<HttpResponse>;
  readonly isolate: Isolate;
  readonly log: Logger;
  readonly now: () => number;
}

interface Listener {
  readonly name: 'controller' | 'witness';
  readonly url: string;
  readonly body: (tenant: TenantRow, head: SignedHead) => NonNullable<HttpRequest['body']>;
}

/** The note is signed: who has the key needs no other signature. */
const forController: Listener['body'] = ({ slug }, { size, note, key }) => ({
  contentType: 'application/json',
  text: JSON.stringify({ event: 'checkpoint', tenant: slug, size, checkpoint: note, key }),
});
const forWitness: Listener['body'] = (_tenant, { note }) => ({ contentType: 'text/plain; charset=utf-8', text: note });

type Outcome = 'published' | 'failed' | 'nothing';

/** Publishes the checkpoints of all tenants; what fails for one does not hold up the others. */
export function createPublish(deps: PublishDeps): () => Promise<void> {
  const { store, ledger, isolate, log } = deps;

  async function listenersOf({ id }: TenantRow): Promise<Listener[]> {
    const document = (await store.instructionsInForce(id))?.document as InstructionsDocument | undefined;
    const url = document?.contract?.checkpoints;
    return [
      ...(url === undefined ? [] : [{ name: 'controller', url, body: forController } as const]),
      ...(deps.witness === null ? [] : [{ name: 'witness', url: deps.witness, body: forWitness } as const]),
    ];
  }

  async function tell({ url, body }: Listener, tenant: TenantRow, head: SignedHead): Promise<boolean> {
    const headers = { 'webhook-id': `checkpoint-${tenant.id}-${head.size}` };
    const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MOST_ANSWERED };
    const answer = await deps.call({
      method: 'POST',
      url,
      headers,
      body: body(tenant, head),
      expect: 'none',
      ...limits,
    });
    return answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;
  }

  async function publishOne(tenant: TenantRow): Promise<Outcome> {
    const folder = dailyFolder(deps.dataDir, tenant.slug);
    const day = join(folder, new Date(deps.now()).toISOString().slice(0, 10));
    const told = new Set(await readFile(`${day}.told`, 'utf8').then((text) => text.trim().split('\n'), () => null)); // prettier-ignore
    const listeners = (await listenersOf(tenant)).filter(({ name }) => !told.has(name));
    if (told.size > 0 && listeners.length === 0) return 'nothing';
    const head = await ledger.checkpoint(tenant.id);
    if (!head) return 'nothing';
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(`${day}.checkpoint`, head.note, { mode: 0o600 });
    await writeFile(join(folder, 'key'), `${head.key}\n`, { mode: 0o600 });
    const answers = await Promise.all(listeners.map(async (one) => ({ name: one.name, heard: await tell(one, tenant, head) }))); // prettier-ignore
    const heard = answers.filter((one) => one.heard).map(({ name }) => name);
    await writeFile(`${day}.told`, ['file', ...told, ...heard].join('\n'), { mode: 0o600 });
    return heard.length === listeners.length ? 'published' : 'failed';
  }

  async function attempt(tenant: TenantRow): Promise<Outcome> {
    try {
      return await publishOne(tenant);
    } catch (error) {
      if (!(error instanceof LedgerBroken)) throw error;
      log.error('ledger.failed', { tenantId: tenant.id, error });
      return 'failed';
    }
  }

  return async function publish() {
    const counts = { published: 0, failed: 0, nothing: 0 };
    for (let after: string | null = ''; after !== null;) {
      const page: TenantRow[] = await store.tenants(after, PAGE);
      const round = { name: 'checkpoints', atOnce: AT_ONCE } as const;
      const broken = await isolate(round, page.map((tenant) => ({ ...tenant, tenant_id: tenant.id })), async (tenant) => {
        const outcome = await attempt(tenant);
        counts[outcome] += 1;
        if (outcome === 'failed') log.warn('ledger.untold', { tenantId: tenant.id });
      }); // prettier-ignore
      counts.failed += broken;
      after = page.length < PAGE ? null : page.at(-1)!.slug;
    }
    if (counts.published + counts.failed > 0)
      log.info('ledger.checkpoint', { count: counts.published, failed: counts.failed });
  };
}
