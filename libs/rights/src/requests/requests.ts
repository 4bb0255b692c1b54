// Rights requests from receipt to completion: opened, decided, carried out, lifted. Whoever asks twice is answered the same.
import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { responsePeriod, rightsMandate, rightsRuling, type InForce, type Right } from '#libs/instructions';
import { Problem, reveal, type Personal } from '#libs/kernel';
import { code as asCode, type Isolate, type Logger, type Wake } from '#libs/platform';
import type { NewNotice, NoticeRow, OpenDsrName, Rectification, RightsRequestRow, Said, Store } from '#libs/store';
import { seal, unseal, type TenantKeys } from '#libs/vault';
import type { Acts } from '../acts/acts.js';
import type { OpenFile } from '../acts/copy.js';
import { alertDue, dueOf, elapsedPercent, extendedDueOf } from './clock.js';
import type { Hands } from './hands.js';
import { createHeld, isHeldBack } from './held.js';
import { createCopies } from './copies.js';
import { createIdentity } from './identity.js';
import { createSaying, type SayingDeps } from './saying.js';
import { firstState, TRANSITIONS, type RequestAction, type RequestSource } from './states.js';

export interface RequestDeps {
  readonly store: Store;
  readonly acts: Acts;
  /** Of those who carry requests out. */
  readonly hands: { readonly erasure: Hands; readonly others: Hands };
  readonly openAttachment: OpenFile;
  readonly wake: (conversations: readonly Wake[]) => void;
  /** Says something in a conversation, in the language of its person; false when nobody can be reached there. */
  readonly say: (
    tenantId: string,
    conversationId: string,
    textIn: (language: string | null) => string,
  ) => Promise<boolean>;
  readonly words: SayingDeps['words'];
  readonly pageUrl: SayingDeps['pageUrl'];
  readonly isolate: Isolate;
  readonly log: Logger;
  readonly now: () => number;
}

/** Who asks for what. Known by keyed hashes of identifiers, or by the id of the person who writes. */
export interface Asked {
  readonly tenantId: string;
  readonly right: Right;
  readonly source: RequestSource;
  readonly hashes?: readonly Buffer[];
  readonly subjectIds?: readonly string[];
  /** Where the person asked; what is still to be said there goes out first. */
  readonly conversationId?: string;
  /** While another app had that conversation: nothing is said there. */
  readonly aside?: boolean;
  /** False: identity is in doubt, and is asked for first (Art. 12(6)). */
  readonly identified?: boolean;
  /** Whether the person means it is for the controller to find out, whatever is instructed. */
  readonly doubted?: boolean;
  /** Nobody here answers to it: the controller must find the person. With what the platform called them. */
  readonly unmatched?: { readonly reference: Personal<string> };
  /** The one purpose that is objected to. */
  readonly purpose?: string;
  /** How the controller's own system calls it, and when the person asked there: the clock runs from then. */
  readonly openDsr?: OpenDsrName & { readonly submittedAt: Date };
  /** Opens the public page; random unless given. */
  readonly code?: string;
}

/** What is right, and what completes it (Art. 16), and who says so. */
export type PutRight = Pick<Rectification, 'values' | 'supplements'> & { readonly by: string };

/** So that an answer in the chat goes out before the person's address is gone. */
const CHAT_PAUSE_MS = 1_500;
/** What a platform has not taken by then is not waited for: the person asked to be unreadable (Art. 17(1)). */
const UNSENT_PATIENCE_MS = 3_000;
const UNSENT_LOOK_MS = 500;
const RETRY_MS = 2_000;
/** Of a turn that lasts, looks are taken less often after so many. */
const SHORT_LOOKS = 20;
const LONG_WAIT_MS = 5_000;
/** While a request is carried out, so often it is said that it is. */
const RENEW_MS = 3_000;
const BATCH = 20;
/** A process claims no more at a time; others may take the rest. */
const CLAIMS = 100;

const referenceContext = (tenantId: string, id: string): string => `${tenantId}|-|rights_request|${id}|reference`;

export function createRequests(deps: RequestDeps) {
  const { store, acts, hands, openAttachment, wake, say, words, pageUrl, isolate, log, now } = deps;
  const telling = createSaying({ store, words, wake, pageUrl, log });

  const inForceOf = async (tenantId: string): Promise<InForce | null> =>
    (await store.instructionsInForce(tenantId)) as InForce | null;

  async function keysOf(tenantId: string): Promise<TenantKeys> {
    const keys = await store.tenantKeys(tenantId);
    if (!keys) throw new Problem('not-found');
    return keys;
  }

  const identity = createIdentity({ store, say, keysOf, log, now });
  const held = createHeld({ store, acts, now });

  /** Not yet: the answer to the person is still on its way, and goes with their key; or the turn in which they asked, and in which it takes effect, is not over. */
  async function mustWait(tenantId: string, row: RightsRequestRow): Promise<boolean> {
    const { conversation_id: conversationId, exercised } = row;
    if (conversationId === null) return false;
    if (exercised !== 'erasure')
      return row.source === 'chat' && (await store.isAskedStill(tenantId, conversationId, row.id));
    const waited = now() - (row.decided_at ?? row.received_at).getTime();
    return waited < UNSENT_PATIENCE_MS && (await store.hasUnsent(tenantId, conversationId));
  }

  const concerned = ({ subject_ids, hashes }: RightsRequestRow, tenantId: string): Promise<string[]> =>
    subject_ids.length > 0 ? store.wholePersons(tenantId, subject_ids) : store.subjectsOf(tenantId, hashes);

  async function complete(tenantId: string, row: RightsRequestRow): Promise<void> {
    const { id } = row;
    const inForce = await inForceOf(tenantId);
    const { subjects, conversations } = await store.nameRightsRequest(tenantId, id, await concerned(row, tenantId));
    const at = { keys: await keysOf(tenantId), inForce, row: { ...row, conversations }, subjects };
    if (await held.heldBack(at)) return;
    const { evidence, forget, ...done } = await acts.carryOut(at);
    const { from, to } = TRANSITIONS.complete;
    const end = forget ? 'forget' : 'keep';
    const change = (said?: Said): Promise<RightsRequestRow | null> =>
      store.changeRightsRequest(tenantId, id, { from, state: to, evidence, end, subjects, ...done, ...(said ? { said } : {}) }); // prettier-ignore
    const isCopy = row.exercised === 'access' || row.exercised === 'portability';
    const occasion = isCopy ? 'copy-ready' : 'done';
    // Who withdraws in the chat was told there in the same turn, with the receipt; who is erased, before.
    const isTold = row.exercised === 'withdrawal' || forget === true;
    const changed = isTold ? await change() : await telling(tenantId, { id, occasion }, change);
    // It is over already, or has been joined meanwhile: then once more, with all that it is about by now.
    if (!changed) return void (await store.postponeRightsRequest(tenantId, id, 0));
    log.info('rights.completed', { tenantId, requestId: id, kind: asCode(row.exercised) });
  }

  async function carryOut(tenantId: string, id: string): Promise<void> {
    const row = await store.claimRightsRequest(tenantId, id);
    if (!row) return;
    const isErasure = row.exercised === 'erasure';
    const restricts = isErasure || row.exercised === 'restriction';
    const renewing = setInterval(() => void store.renewRightsRequest(tenantId, id).catch(() => undefined), RENEW_MS);
    try {
      // Before anything else, and before there is a hand for it: whoever waits to be erased or restricted is worked with no more.
      if (restricts) await store.restrictSubjects(tenantId, await concerned(row, tenantId), { restricted: true, resume: false }); // prettier-ignore
      if (await mustWait(tenantId, row)) {
        const afterMs = row.attempts < SHORT_LOOKS ? UNSENT_LOOK_MS : LONG_WAIT_MS;
        return void (await store.postponeRightsRequest(tenantId, id, afterMs));
      }
      await (isErasure ? hands.erasure : hands.others).use(() => complete(tenantId, row));
    } catch (error) {
      log.error('rights.failed', { tenantId, requestId: id, error });
      await store.postponeRightsRequest(tenantId, id, RETRY_MS * 2 ** Math.min(row.attempts, 8)).catch(() => undefined);
    } finally {
      clearInterval(renewing);
    }
  }

  let begun = 0;
  /** What cannot even be claimed, because the database is away, is left to the next look. */
  async function begin(tenantId: string, id: string): Promise<void> {
    begun += 1;
    await carryOut(tenantId, id)
      .catch((error: unknown) => log.error('rights.failed', { tenantId, requestId: id, error }))
      .finally(() => (begun -= 1));
  }

  /** Begins what waits, in whatever process; answers the ends of what was begun. */
  async function beginWaiting(): Promise<Promise<void>[]> {
    const waiting = begun < CLAIMS ? await store.waitingRightsRequests(CLAIMS - begun) : [];
    return waiting.map(({ tenant_id, id }) => begin(tenant_id, id));
  }

  async function rowOf(tenantId: string, id: string): Promise<RightsRequestRow> {
    const row = await store.rightsRequest(tenantId, id);
    if (!row) throw new Problem('not-found');
    return row;
  }

  const liftNotices = async (tenantId: string, row: RightsRequestRow): Promise<readonly NewNotice[]> =>
    acts.liftNotices({
      keys: await keysOf(tenantId),
      inForce: await inForceOf(tenantId),
      row,
      subjects: row.subject_ids,
    });

  /** Decides once; deciding the same again answers the same. @throws Problem not-found, conflict */
  async function decide(
    tenantId: string,
    id: string,
    decision: { action: RequestAction; by: string; justification?: string; rectification?: Rectification },
  ): Promise<RightsRequestRow> {
    const { from, to, done } = TRANSITIONS[decision.action];
    const refused = to === 'refused';
    const before = refused ? await rowOf(tenantId, id) : null;
    const released = before !== null && isHeldBack(before) ? before : null;
    const because = decision.justification === undefined ? {} : { justification: decision.justification };
    const change = {
      from,
      state: to,
      by: decision.by,
      ...because,
      ...(refused ? { end: 'keep' as const } : {}),
      ...(released ? { release: true as const, notices: await liftNotices(tenantId, released) } : {}),
      ...(decision.rectification ? { rectification: decision.rectification } : {}),
    };
    const changed = refused
      ? await telling(tenantId, { id, occasion: 'refused', ...because }, (said) =>
          store.changeRightsRequest(tenantId, id, { ...change, said }),
        )
      : await store.changeRightsRequest(tenantId, id, change);
    if (changed) {
      if (to === 'in-progress') void begin(tenantId, id);
      return changed;
    }
    const row = await rowOf(tenantId, id);
    // What somebody else decided first is not what was given here.
    if (!decision.rectification && (done as readonly string[]).includes(row.state)) return row;
    throw new Problem('conflict', `The request is ${row.state}.`);
  }

  /** @throws Problem conflict, while a legal hold stands that has kept something back already */
  async function approve(tenantId: string, id: string, by: string): Promise<RightsRequestRow> {
    const row = await rowOf(tenantId, id);
    const isLimited = row.state === 'awaiting-approval' && isHeldBack(row);
    if (isLimited && (await held.holdsOver(tenantId, await inForceOf(tenantId), row.subject_ids)))
      throw new Problem('conflict', 'A legal hold of the instructions in force stands against it.');
    return decide(tenantId, id, { action: 'approve', by });
  }

  /** Approves a rectification with what is right. @throws Problem not-found, conflict, invalid-input */
  async function rectify(tenantId: string, id: string, given: PutRight): Promise<RightsRequestRow> {
    const row = await rowOf(tenantId, id);
    if (row.exercised !== 'rectification') throw new Problem('conflict', 'Only a rectification puts something right.');
    if (!(TRANSITIONS.approve.from as readonly string[]).includes(row.state))
      throw new Problem('conflict', `The request is ${row.state}.`);
    const { by, ...what } = given;
    const mandate = rightsMandate(tenantId, await inForceOf(tenantId), 'rectification');
    return decide(tenantId, id, { action: 'approve', by, rectification: { ...what, mandate, keys: await keysOf(tenantId) } }); // prettier-ignore
  }

  async function open(asked: Asked): Promise<RightsRequestRow> {
    const { tenantId, right } = asked;
    const inForce = await inForceOf(tenantId);
    const ruling = rightsRuling(inForce?.document ?? null, right);
    const receivedAt = asked.openDsr?.submittedAt ?? new Date(now());
    const id = uuid();
    const state =
      asked.unmatched || asked.doubted ? 'awaiting-approval' : firstState(ruling.mode, asked.identified ?? true);
    const reference = asked.unmatched
      ? seal((await keysOf(tenantId)).secrets, reveal(asked.unmatched.reference), referenceContext(tenantId, id))
      : null;
    const { row, fresh } = await store.openRightsRequest(tenantId, {
      id,
      exercised: right,
      state,
      source: asked.source,
      hashes: asked.hashes ?? [],
      subjectIds: asked.subjectIds ?? [],
      conversationId: asked.conversationId ?? null,
      aside: asked.aside ?? false,
      reference,
      purpose: asked.purpose ?? null,
      code: asked.code ?? randomBytes(18).toString('base64url'),
      version: inForce?.version ?? null,
      clause: ruling.clause,
      receivedAt,
      dueAt: dueOf(receivedAt, responsePeriod(inForce?.document ?? null)),
      notBefore: new Date(now() + (asked.conversationId ? CHAT_PAUSE_MS : 0)),
      ...(asked.openDsr ? { openDsr: asked.openDsr } : {}),
    });
    log.info('rights.received', { tenantId, requestId: row.id, kind: asCode(right), state: asCode(row.state) });
    if (fresh && row.state === 'received' && !asked.conversationId) void begin(tenantId, row.id);
    return row;
  }

  /** The controller's system takes a request back, while nothing of it was begun; false: it was. Doing it again changes nothing. */
  async function cancel(tenantId: string, name: string, by: string): Promise<boolean> {
    const before = await store.openDsrRequest(tenantId, name);
    if (!before) throw new Problem('not-found');
    if (before.cancelled_at) return true;
    if (!(TRANSITIONS.refuse.from as readonly string[]).includes(before.state)) return false;
    // Whoever asked for the same elsewhere still wants it.
    if (!(await store.isWantedElsewhere(tenantId, name)))
      await decide(tenantId, before.request_id, { action: 'refuse', by, justification: 'CancelledByController' });
    await store.cancelOpenDsr(tenantId, name);
    return true;
  }

  /** Ends a restriction or an objection; `resume`: what was kept meanwhile goes on. @throws Problem not-found, conflict */
  async function lift(tenantId: string, id: string, { resume }: { resume: boolean }): Promise<RightsRequestRow> {
    const before = await rowOf(tenantId, id);
    if (before.exercised !== 'restriction' && before.exercised !== 'objection')
      throw new Problem('conflict', 'Only a restriction or an objection can be lifted.');
    const [keys, notices] = [await keysOf(tenantId), await liftNotices(tenantId, before)];
    const lifted = await telling(tenantId, { id, occasion: 'lifted' }, (said) =>
      store.liftRightsRequest(keys, before, { resume, notices, said }),
    );
    if (!lifted) {
      if (before.lifted_at) return before;
      throw new Problem('conflict', `The request is ${before.state}.`);
    }
    const { row, goOn } = lifted;
    wake(goOn.map((conversationId) => ({ tenantId, conversationId })));
    return row;
  }

  async function extend(tenantId: string, id: string, because: string): Promise<RightsRequestRow> {
    const row = await rowOf(tenantId, id);
    const period = responsePeriod((await inForceOf(tenantId))?.document ?? null);
    const dueAt = extendedDueOf(row.received_at, period);
    const extended = await telling(tenantId, { id, occasion: 'extended', due: dueAt, reason: because }, (said) =>
      store.extendRightsRequest(tenantId, id, { dueAt, because, said }),
    );
    if (!extended) throw new Problem('conflict', 'It is closed, overdue or was extended before (Art. 12(3)).');
    return extended;
  }

  async function watchClocks(): Promise<void> {
    await isolate({ name: 'request-clocks' }, await store.clocksOfRightsRequests(BATCH), async (clock) => {
      const elapsed = elapsedPercent({ receivedAt: clock.received_at, dueAt: clock.due_at }, new Date(now()));
      const alert = alertDue(elapsed, clock.alerted);
      if (alert !== null && (await store.alertedRightsRequest(clock.tenant_id, clock.id, alert)))
        log.warn('rights.due-soon', { tenantId: clock.tenant_id, requestId: clock.id, count: alert });
    });
  }

  /** Looks at the clocks, and lets go of copies that nobody fetched. */
  async function watch(): Promise<void> {
    await watchClocks();
    await store.forgetCopies(BATCH);
  }

  return {
    open,
    approve,
    rectify,
    refuse: (tenantId: string, id: string, because: { by: string; justification: string }) =>
      decide(tenantId, id, { action: 'refuse', ...because }),
    /** Sends the person a code, if anybody is known. @throws Problem not-found, conflict */
    async sendCode(tenantId: string, id: string): Promise<RightsRequestRow> {
      const row = await rowOf(tenantId, id);
      if (row.state !== 'verifying') throw new Problem('conflict', `The request is ${row.state}.`);
      await identity.sendCode(tenantId, row);
      return row;
    },
    /** The code was typed back. @throws Problem not-found, conflict, forbidden */
    async confirm(tenantId: string, id: string, typed: string): Promise<RightsRequestRow> {
      const row = await rowOf(tenantId, id);
      if (row.state !== 'verifying') throw new Problem('conflict', `The request is ${row.state}.`);
      await identity.check(tenantId, id, typed);
      return decide(tenantId, id, { action: 'verify', by: 'code' });
    },
    verify: (tenantId: string, id: string, by: string) => decide(tenantId, id, { action: 'verify', by }),
    cancel,
    extend,
    lift,
    ...createCopies({ store, keysOf, openAttachment, log, now }),
    one: (tenantId: string, id: string): Promise<RightsRequestRow | null> => store.rightsRequest(tenantId, id),
    list: store.rightsRequests,
    noticesOf: (tenantId: string, id: string): Promise<NoticeRow[]> => store.noticesOf(tenantId, id),
    byCode: store.rightsRequestByCode,
    /** What the platform called a person whom nobody here answers to. */
    async reference(tenantId: string, row: RightsRequestRow): Promise<string | null> {
      if (!row.reference) return null;
      return unseal((await keysOf(tenantId)).secrets, row.reference, referenceContext(tenantId, row.id)).toString();
    },
    beginWaiting,
    watch,
    /** Carries out what waits now, to its end. */
    async run(): Promise<void> {
      await Promise.all(await beginWaiting());
      await watch();
    },
  };
}
