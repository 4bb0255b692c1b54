// Telling recipients (Art. 19): what was erased, restricted or corrected, under the pseudonyms by which each of them knows the person.
import { Duration } from 'luxon';
import { v7 as uuid } from 'uuid';
import type { InForce } from '#libs/instructions';
import type { HttpRequest, HttpResponse } from '#libs/kernel';
import { code as asCode, type Isolate, type Logger } from '#libs/platform';
import type { NewNotice, NoticeRow, Store } from '#libs/store';
import { pseudonymOf, seal, unseal, type TenantKeys } from '#libs/vault';
import { refusalOf, signedPost } from '../told/signed-post.js';

export type NoticeEvent = 'erase' | 'restrict' | 'lift' | 'rectify' | 'object';

export interface Told {
  readonly requestId: string;
  readonly event: NoticeEvent;
  readonly subjects: readonly string[];
  readonly conversations: readonly string[];
  /** Which kinds of identifiers were put right; a recipient hears of those that it is given. */
  readonly kinds?: readonly string[];
  /** Of something newer than what they were told of before. */
  readonly again?: true;
}

/** Whose data a recipient has, and by which version of the instructions. */
interface Holder {
  readonly recipient: string;
  readonly version: number;
  readonly subject_id: string;
}

/** What went out in a turn whose person was erased meanwhile. */
export interface Late {
  readonly subjectId: string;
  readonly conversationId: string;
  readonly disclosed: readonly { readonly recipient: string; readonly version: number }[];
}

export interface NoticeDeps {
  readonly store: Pick<
    Store,
    | 'acknowledgeNotice'
    | 'claimNotice'
    | 'dueNotices'
    | 'erasedBy'
    | 'escalateNotice'
    | 'instructionVersion'
    | 'instructionsInForce'
    | 'noteUntold'
    | 'noticesOf'
    | 'queueNotices'
    | 'recipientSecret'
    | 'recipientsOf'
    | 'retryNotice'
    | 'silentNotices'
    | 'tenantKeys'
  >;
  /** Calls a recipient: only the host of the registered url may be called. */
  readonly call: (request: HttpRequest) => Promise<HttpResponse>;
  readonly isolate: Isolate;
  readonly log: Logger;
  readonly now: () => number;
}

const ACK_WITHIN = 'P1D';
const FIRST_RETRY_MS = 1_000;
/** A recipient that is back after a day hears of it within this time. */
const LONGEST_RETRY_MS = 300_000;
const BATCH = 50;
/** Whoever is back after a day has much to hear; others get their share in each round. */
const ROUNDS = 20;

const contextOf = (tenantId: string, id: string): string => `${tenantId}|-|recipient_notice|${id}|body`;

/** Doubles, up to five minutes, each time somewhere within a quarter of it. */
export const retryAfterMs = (attempts: number, random: number): number =>
  Math.round(Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 20), LONGEST_RETRY_MS) * (0.75 + random / 4));

export function createNotices({ store, call, isolate, log, now }: NoticeDeps) {
  /** Where this recipient is told: by the document in force, else by the one under which it was given the data. */
  async function addressOf(tenantId: string, inForce: InForce | null, at: { recipient: string; version: number }) {
    const current = inForce?.document.recipients[at.recipient]?.erasure;
    if (current) return current;
    const then = (await store.instructionVersion(tenantId, at.version))?.document as InForce['document'] | undefined;
    return then?.recipients[at.recipient]?.erasure ?? null;
  }

  const kindsFor = (inForce: InForce | null, recipient: string, { kinds = [] }: Told): string[] =>
    kinds.filter((kind) => inForce?.document.recipients[recipient]?.identifiers?.includes(kind));

  function noticeFor(
    keys: TenantKeys,
    told: Told,
    to: { recipient: string; url: string; ackWithin?: string; kinds: readonly string[] },
  ): NewNotice {
    const id = uuid();
    const pseudonyms = (ids: readonly string[]): string[] => ids.map((one) => pseudonymOf(keys, to.recipient, one));
    const body = {
      event: told.event,
      request: told.requestId,
      subjects: pseudonyms(told.subjects),
      conversations: pseudonyms(told.conversations),
      at: new Date(now()).toISOString(),
      ...(to.kinds.length > 0 ? { kinds: to.kinds } : {}),
    };
    const within = Duration.fromISO(to.ackWithin ?? ACK_WITHIN).toMillis();
    return {
      id,
      requestId: told.requestId,
      recipient: to.recipient,
      event: told.event,
      url: to.url,
      body: seal(keys.secrets, JSON.stringify(body), contextOf(keys.tenantId, id)),
      escalateAt: new Date(now() + within),
      ...(told.again ? { again: told.again } : {}),
    };
  }

  /** `untold`: who cannot be told. */
  async function noticesTo(
    { keys, inForce }: { readonly keys: TenantKeys; readonly inForce: InForce | null },
    told: Told,
    disclosed: readonly Holder[],
  ): Promise<{ notices: NewNotice[]; untold: string[] }> {
    const untold: string[] = [];
    const notices: NewNotice[] = [];
    for (const recipient of new Set(disclosed.map((d) => d.recipient))) {
      const theirs = disclosed.filter((d) => d.recipient === recipient);
      const address = await addressOf(keys.tenantId, inForce, {
        recipient,
        version: Math.max(...theirs.map((d) => d.version)),
      });
      if (!address) untold.push(recipient);
      else
        notices.push(
          noticeFor(
            keys,
            { ...told, subjects: theirs.map((d) => d.subject_id) },
            { recipient, ...address, kinds: kindsFor(inForce, recipient, told) },
          ),
        );
    }
    return { notices, untold };
  }

  /** A notice to everybody who was given data of these persons, not queued yet. */
  const prepare = async (keys: TenantKeys, inForce: InForce | null, told: Told) =>
    noticesTo({ keys, inForce }, told, await store.recipientsOf(keys.tenantId, told.subjects));

  /** Queues them; answers who cannot be told. */
  async function queue(keys: TenantKeys, inForce: InForce | null, told: Told): Promise<{ untold: string[] }> {
    const { notices, untold } = await prepare(keys, inForce, told);
    await store.queueNotices(keys.tenantId, notices);
    return { untold };
  }

  const bodyOf = (keys: TenantKeys, { id, body }: { readonly id: string; readonly body: Buffer }): string =>
    unseal(keys.secrets, body, contextOf(keys.tenantId, id)).toString();

  /** To whom a notice that names this person is yet to go for the first time: it comes after whatever they have. */
  async function aboutToHear(keys: TenantKeys, at: { requestId: string; subjectId: string }): Promise<Set<string>> {
    const notices = await store.noticesOf(keys.tenantId, at.requestId);
    const names = (notice: NoticeRow): boolean => {
      if (notice.event !== 'erase' || notice.attempts > 0 || !notice.body) return false;
      const { subjects } = JSON.parse(bodyOf(keys, { id: notice.id, body: notice.body })) as { subjects: string[] };
      return subjects.includes(pseudonymOf(keys, notice.recipient, at.subjectId));
    };
    return new Set(notices.filter(names).map(({ recipient }) => recipient));
  }

  /**
   * They were sent something of a person who was erased before they answered: they are told of that erasure, and its certificate has
   * them. Whoever was told before is told again: what they have may be newer.
   */
  async function queueLate(tenantId: string, late: Late): Promise<void> {
    const { subjectId, conversationId } = late;
    const requestId = await store.erasedBy(tenantId, subjectId);
    const keys = requestId && (await store.tenantKeys(tenantId));
    if (!keys) return;
    const inForce = (await store.instructionsInForce(tenantId)) as InForce | null;
    const told: Told = {
      requestId,
      event: 'erase',
      subjects: [subjectId],
      conversations: [conversationId],
      again: true,
    };
    const waits = await aboutToHear(keys, { requestId, subjectId });
    const holders = late.disclosed
      .filter(({ recipient }) => !waits.has(recipient))
      .map(({ recipient, version }) => ({ recipient, version, subject_id: subjectId }));
    const { notices, untold } = await noticesTo({ keys, inForce }, told, holders);
    await store.queueNotices(tenantId, notices);
    const { event } = told;
    await store.noteUntold(tenantId, untold.map((recipient) => ({ id: uuid(), requestId, recipient, event }))); // prettier-ignore
  }

  async function send(keys: TenantKeys, notice: NoticeRow): Promise<HttpResponse> {
    const text = bodyOf(keys, { id: notice.id, body: notice.body! });
    const secret = await store.recipientSecret(keys.tenantId, notice.recipient, keys);
    return call(signedPost({ url: notice.url, id: notice.id, secret, text, at: new Date(now()) }));
  }

  /** One attempt. Any 2xx is the acknowledgement; the same `webhook-id` each time makes repeating harmless. */
  async function tell(tenantId: string, id: string): Promise<void> {
    const notice = await store.claimNotice(tenantId, id);
    const keys = notice?.body && (await store.tenantKeys(tenantId));
    if (!notice || !keys) return;
    const code = refusalOf(await send(keys, notice));
    if (code === null) return store.acknowledgeNotice(tenantId, id);
    await store.retryNotice(tenantId, id, { code, afterMs: retryAfterMs(notice.attempts, Math.random()) });
    log.info('recipient.untold', {
      tenantId,
      requestId: notice.request_id,
      attempt: notice.attempts,
      code: asCode(code),
    });
  }

  return {
    prepare,
    queue,
    queueLate,
    /** Sends what is due, and says who has been silent for too long. */
    async run(): Promise<void> {
      for (let round = 0; round < ROUNDS; round += 1) {
        const due = await store.dueNotices(BATCH);
        if (due.length === 0) break;
        await isolate({ name: 'notices', atOnce: BATCH }, due, ({ tenant_id, id }) => tell(tenant_id, id));
      }
      await isolate({ name: 'silent-recipients' }, await store.silentNotices(BATCH), async ({ tenant_id: tenantId, id }) => {
        if (await store.escalateNotice(tenantId, id)) log.warn('recipient.silent', { tenantId });
      }); // prettier-ignore
    },
  };
}

export type Notices = ReturnType<typeof createNotices>;
