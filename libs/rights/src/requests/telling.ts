// Telling the controller of requests (Art. 12(3), 28(3)(e)): received, waiting for a decision or for who asks, soon due, over. Ids, states and times; nothing of the person.
import type { InForce } from '#libs/instructions';
import type { HttpRequest, HttpResponse } from '#libs/kernel';
import { code as asCode, type Isolate, type Logger } from '#libs/platform';
import type { RightsRequestRow, Store, UntoldRequest } from '#libs/store';
import { refusalOf, signedPost } from '../told/signed-post.js';

export interface TellingDeps {
  readonly store: Pick<
    Store,
    | 'claimUntoldRequest'
    | 'instructionsInForce'
    | 'passOverUntold'
    | 'recipientSecret'
    | 'retryUntoldRequest'
    | 'tenantKeys'
    | 'toldRequest'
    | 'untoldRequests'
  >;
  /** Calls an address of a controller: only its own host may be called. */
  readonly call: (request: HttpRequest) => Promise<HttpResponse>;
  readonly isolate: Isolate;
  readonly log: Logger;
  readonly now: () => number;
}

/** Under this name the signing secret is kept; no recipient can be called so. */
export const RIGHTS_WEBHOOK = 'rights.webhook';

const BATCH = 100;
const TENANTS_AT_ONCE = 8;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 3_600_000;
/** With an hour between them about a month: then nobody listens there. */
const MOST_ATTEMPTS = 730;

export const NEEDS = ['identity', 'person', 'corrections', 'approval'] as const;

/** What the request waits for from the controller; null: for nothing. */
function needOf({ state, exercised, reference }: RightsRequestRow): (typeof NEEDS)[number] | null {
  if (state === 'verifying') return 'identity';
  if (state !== 'awaiting-approval') return null;
  if (reference) return 'person';
  return exercised === 'rectification' ? 'corrections' : 'approval';
}

/** Otherwise the controller tells the person. */
export const isToldInChat = ({ source, conversation_id: conversation, aside }: RightsRequestRow): boolean =>
  !aside && (source === 'chat' || conversation !== null);

const bodyOf = (row: UntoldRequest): object => ({
  event: 'rights-request',
  tenant: row.slug,
  request: row.id,
  revision: row.revision,
  right: row.exercised,
  source: row.source,
  state: row.state,
  needs: needOf(row),
  toldInChat: isToldInChat(row),
  receivedAt: row.received_at.toISOString(),
  due: row.due_at.toISOString(),
  alerted: row.alerted,
  completedAt: row.completed_at?.toISOString() ?? null,
  liftedAt: row.lifted_at?.toISOString() ?? null,
  history: row.history.map(({ state, at }) => ({ state, at: new Date(at).toISOString() })),
});

export function createTelling({ store, call, isolate, log, now }: TellingDeps) {
  async function tell(tenantId: string, id: string, url: string): Promise<void> {
    const keys = await store.tenantKeys(tenantId);
    const row = keys && (await store.claimUntoldRequest(tenantId, id));
    if (!keys || !row) return;
    const { revision, tell_attempts: attempt } = row;
    const secret = await store.recipientSecret(tenantId, RIGHTS_WEBHOOK, keys);
    const text = JSON.stringify(bodyOf(row));
    const refusal = refusalOf(await call(signedPost({ url, id: `${id}-${revision}`, secret, text, at: new Date(now()) }))); // prettier-ignore
    if (refusal !== null) log.info('controller.untold', { tenantId, requestId: id, attempt, code: asCode(refusal) });
    if (refusal === null || attempt >= MOST_ATTEMPTS) return void (await store.toldRequest(tenantId, id, revision));
    const afterMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempt - 1, 20), LONGEST_RETRY_MS);
    await store.retryUntoldRequest(tenantId, id, { revision, afterMs });
  }

  async function tellOne(tenantId: string, ids: readonly string[]): Promise<void> {
    const inForce = (await store.instructionsInForce(tenantId)) as InForce | null;
    const url = inForce?.document.rights?.['webhook'];
    if (url === undefined) return void (await store.passOverUntold(tenantId));
    await Promise.all(ids.map((id) => tell(tenantId, id, url)));
  }

  /** Tells whoever has an address for it the present state of what has changed, until it is taken. */
  return async function run(): Promise<void> {
    const due = await store.untoldRequests(BATCH);
    const idsOf = (tenant: string): string[] => due.filter(({ tenant_id }) => tenant_id === tenant).map(({ id }) => id);
    const tenants = [...new Set(due.map(({ tenant_id }) => tenant_id))].map((tenant_id) => ({ tenant_id }));
    const round = { name: 'controllers', atOnce: TENANTS_AT_ONCE } as const;
    await isolate(round, tenants, ({ tenant_id }) => tellOne(tenant_id, idsOf(tenant_id)));
  };
}
