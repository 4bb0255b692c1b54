// Rights as one part: the acts, the notices and the requests, put together; and the clockwork that carries on what was left.
import type { Facts } from '#libs/instructions';
import type { HttpRequest, HttpResponse } from '#libs/kernel';
import type { Isolate, Logger, Wake } from '#libs/platform';
import type { Store } from '#libs/store';
import { createIncidents } from './incidents/incidents.js';
import { createActs, type ActDeps } from './acts/acts.js';
import type { OpenFile } from './acts/copy.js';
import { createMentions } from './mentions/search.js';
import { createNotices } from './acts/notices.js';
import { createHands } from './requests/hands.js';
import { createTelling } from './requests/telling.js';
import { createRequests, type RequestDeps } from './requests/requests.js';
import { createPurger, type PurgerDeps } from './retention/purger.js';
import { createOverview } from './retention/overview.js';
import type { Journal } from './journal/journal.js';
import { createCallbacks } from './opendsr/callbacks.js';
import type { OpenDsrSigner } from './opendsr/signer.js';
import type { BackupLife } from './acts/certificate.js';
import { createSweeper, type SweeperDeps } from './retention/sweeper.js';
import { createCounter } from './statistics/counter.js';

const EVERY_MS = 1_000;
const SETTLE_MS = 1_000;
/** Of each as many at a time: an erasure waits for no copy. */
const ERASING = 8;
const OTHERS = 4;

export interface RightsDeps {
  readonly store: Store;
  readonly facts: Facts;
  readonly journal: Journal;
  readonly backups: BackupLife;
  readonly call: (request: HttpRequest) => Promise<HttpResponse>;
  readonly openForPerson: ActDeps['openForPerson'];
  readonly openAttachment: OpenFile;
  /** Puts right what is wrong in a sealed message. */
  readonly correct: ActDeps['correct'];
  /** Takes a kind of identifier, whose own period is over, out of a sealed message. */
  readonly without: SweeperDeps['without'];
  readonly wake: (conversations: readonly Wake[]) => void;
  readonly say: RequestDeps['say'];
  readonly words: RequestDeps['words'];
  readonly pageUrl: RequestDeps['pageUrl'];
  /** How late the oldest of what retention erased went, in seconds. */
  readonly late: SweeperDeps['late'] & PurgerDeps['late'];
  /** Name and contact of the operator, for notices of breaches. */
  readonly processor?: string | null;
  /** Signs what OpenDSR is told; without it that is not offered. */
  readonly openDsr?: { readonly signer: OpenDsrSigner; readonly publicUrl: string } | null;
  /** One tenant's failure holds up no other's work. */
  readonly isolate: Isolate;
  readonly log: Logger;
  readonly now: () => number;
  /** How long something may still be in flight when a key is destroyed, in ms; 1,000 unless given. */
  readonly settleMs?: number;
}

export function createRights(deps: RightsDeps) {
  const {
    store,
    facts,
    journal,
    backups,
    call,
    openForPerson,
    openAttachment,
    correct,
    without,
    wake,
    say,
    words,
    pageUrl,
    late,
    processor = null,
    openDsr = null,
    isolate,
    log,
    now,
    settleMs = SETTLE_MS,
  } = deps;
  const notices = createNotices({ store, call, isolate, log, now });
  const mentions = createMentions({ store, isolate });
  const hands = { erasure: createHands(ERASING), others: createHands(OTHERS) };
  const { rest } = hands.erasure;
  const acts = createActs({ store, notices, mentions, journal, backups, openForPerson, correct, settleMs, rest, now });
  const requests = createRequests({ store, acts, hands, openAttachment, wake, say, words, pageUrl, isolate, log, now });
  const sweeper = createSweeper({ store, count: createCounter({ store, now }), without, late, isolate, log, now });
  const purge = createPurger({ store, backupDays: Math.max(backups.keyDays, backups.dataDays), late, log, now });
  const incidents = createIncidents({ store, facts, processor, isolate, log, now });
  const tellControllers = createTelling({ store, call, isolate, log, now });
  const tellSystems = openDsr
    ? createCallbacks({ store, call, isolate, log, ...openDsr })
    : async (): Promise<void> => undefined;
  const timers: NodeJS.Timeout[] = [];
  const running = new Set<() => Promise<unknown>>();

  /** One run at a time of each: a slow recipient does not hold up requests. */
  const every = (run: () => Promise<unknown>) => (): void => {
    if (running.has(run)) return;
    running.add(run);
    void run()
      .catch((error: unknown) => log.error('rights.failed', { error }))
      .finally(() => running.delete(run));
  };

  return {
    ...requests,
    incidents,
    ...createOverview({ store, now }),
    tellRecipients: notices.run,
    /** Of an erasure that was over before they answered. */
    tellLate: notices.queueLate,
    /** Carries on the searches for persons who were erased. */
    searchMentions: mentions.run,
    /** Tells controllers' systems what has become of their requests. */
    tellSystems,
    /** Tells controllers what becomes of requests, where their instructions name an address for it. */
    tellControllers,
    /** Takes what is due by then; to be called again and again, by one process at a time. */
    sweep: async () => void (await Promise.all([sweeper.run(), purge()])),
    unreadableRules: sweeper.unreadable,
    /** A tenant's instructions may have changed, or any tenant's. */
    changed: sweeper.changed,
    overdue: sweeper.overdue,
    start(): void {
      for (const run of [
        requests.beginWaiting,
        requests.watch,
        notices.run,
        mentions.run,
        tellSystems,
        tellControllers,
        incidents.count,
      ])
        timers.push(setInterval(every(run), EVERY_MS));
    },
    stop(): void {
      for (const timer of timers.splice(0)) clearInterval(timer);
      sweeper.stop();
    },
  };
}

export type Rights = ReturnType<typeof createRights>;
