// Telling a controller's system what has become of its requests: signed, again and again until it is taken, always the present state.
import type { HttpRequest, HttpResponse } from '#libs/kernel';
import { code as asCode, type Isolate, type Logger } from '#libs/platform';
import type { Store } from '#libs/store';
import type { OpenDsrSigner } from './signer.js';
import { isLast, resultUrl, statusBody, statusOf } from './status.js';

export interface CallbackDeps {
  readonly store: Pick<
    Store,
    'claimOpenDsrCallback' | 'dueOpenDsrCallbacks' | 'openDsrRequest' | 'retryOpenDsr' | 'toldOpenDsr'
  >;
  /** Calls an address of a controller: only its own host may be called. */
  readonly call: (request: HttpRequest) => Promise<HttpResponse>;
  readonly signer: OpenDsrSigner;
  readonly publicUrl: string;
  readonly isolate: Isolate;
  readonly log: Logger;
}

const BATCH = 50;
const TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 65_536;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 3_600_000;

export function createCallbacks({ store, call, signer, publicUrl, isolate, log }: CallbackDeps) {
  async function tell(at: { tenant_id: string; id: string; n: number }): Promise<void> {
    const { tenant_id: tenantId, id, n } = at;
    const due = await store.claimOpenDsrCallback(tenantId, { id, n });
    const row = due && (await store.openDsrRequest(tenantId, id));
    if (!due || !row) return;
    const { state, url } = due;
    const told = () => store.toldOpenDsr(tenantId, { id, n, state, last: isLast(state) });
    // Another state here may be the same one there.
    if (due.told !== null && statusOf(due.told) === statusOf(state)) return void (await told());
    const body = JSON.stringify({
      ...statusBody({
        id,
        slug: due.slug,
        state,
        exercised: row.exercised,
        due: due.due_at,
        resultUrl: resultUrl(publicUrl, { slug: due.slug, requestId: due.request_id }),
      }),
      status_callback_url: url,
    });
    const answer = await call({
      method: 'POST',
      url,
      headers: signer.headers(body),
      body: { contentType: 'application/json', text: body },
      expect: 'none',
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_ANSWER_BYTES,
    });
    if (answer.kind === 'answered' && answer.status >= 200 && answer.status < 300) return void (await told());
    const code = answer.kind === 'failed' ? answer.reason : `http-${answer.status}`;
    const afterMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(due.attempts - 1, 20), LONGEST_RETRY_MS);
    await store.retryOpenDsr(tenantId, { id, n, code, afterMs });
    log.info('opendsr.untold', { tenantId, requestId: due.request_id, attempt: due.attempts, code: asCode(code) });
  }

  return async function run(): Promise<void> {
    await isolate({ name: 'opendsr', atOnce: BATCH }, await store.dueOpenDsrCallbacks(BATCH), tell);
  };
}
