// How each right is carried out. Every act may be repeated: after a crash the same request is carried out again.
import { createHash } from 'node:crypto';
import { rightsMandate, type HoldScope, type InForce, type Right } from '#libs/instructions';
import {
  KEYS_DESTROYED,
  type CorrectBody,
  type NewNotice,
  type Parts,
  type RightsRequestRow,
  type Store,
} from '#libs/store';
import { openSubjectKey, seal, type TenantKeys } from '#libs/vault';
import { copyOf, type SealedMessage } from './copy.js';
import type { Mentions } from '../mentions/search.js';
import type { Journal } from '../journal/journal.js';
import { earlierPart, erasureEvidence, heldBackEvidence, type BackupLife } from './certificate.js';
import { ERASURE_AROUND, eraseBy } from './erase.js';
import type { NoticeEvent, Notices, Told } from './notices.js';
import { createRectify } from './rectify.js';

export interface ActDeps {
  readonly store: Store;
  readonly notices: Notices;
  readonly mentions: Pick<Mentions, 'begin'>;
  readonly journal: Pick<Journal, 'noted'>;
  readonly backups: BackupLife;
  /** Opens a message as its person may see it. */
  readonly openForPerson: (
    whose: { readonly tenantId: string; readonly subjectId: string; readonly key: Buffer },
    message: SealedMessage,
  ) => unknown;
  /** Puts right what is wrong in a message. */
  readonly correct: CorrectBody;
  /** How long something may still be in flight when a key is destroyed, in ms. */
  readonly settleMs: number;
  /** Waits, and lets others be erased meanwhile. */
  readonly rest: (ms: number) => Promise<void>;
  readonly now: () => number;
}

export interface At {
  readonly keys: TenantKeys;
  readonly inForce: InForce | null;
  readonly row: RightsRequestRow;
  readonly subjects: readonly string[];
}

/** What the request ends with. */
export interface Act {
  readonly evidence: object;
  /** Nothing in the request may lead to the person any longer. */
  readonly forget?: true;
  /** What it remembers people by: should the request have more by now, it is carried out once more. */
  readonly hashes?: readonly Buffer[];
}

/** A copy that nobody fetched is deleted after this time. */
const COPY_DAYS = 7;
const DAY_MS = 86_400_000;

export const copyContext = (at: { tenantId: string; subjectId: string; requestId: string }): string =>
  `${at.tenantId}|${at.subjectId}|rights_copy|${at.requestId}|body`;

export function createActs(deps: ActDeps) {
  const { store, notices, backups, openForPerson, now } = deps;
  const rectified = createRectify(deps);

  async function copy({ keys, inForce, row, subjects }: At): Promise<Act> {
    const { tenantId } = keys;
    const mandate = rightsMandate(tenantId, inForce, row.exercised as Right);
    const versions = await store.instructionVersions(tenantId);
    const made: { messages: number; sha256: string }[] = [];
    for (const subjectId of subjects) {
      const opened: { key: Buffer } = { key: Buffer.alloc(0) };
      const person = await store.readPerson(
        mandate,
        subjectId,
        (wrapped) => (opened.key = openSubjectKey(keys, subjectId, wrapped)),
      );
      if (!person) continue;
      const whose = { tenantId, subjectId, key: opened.key };
      const open = (message: SealedMessage): unknown => openForPerson(whose, message);
      const text = JSON.stringify(copyOf({ request: row, person, keys, inForce, versions, open, at: new Date(now()) }));
      const context = copyContext({ tenantId, subjectId, requestId: row.id });
      const until = new Date(now() + COPY_DAYS * DAY_MS);
      await store.keepCopy(tenantId, { requestId: row.id, subjectId, body: seal(opened.key, text, context), until });
      made.push({ messages: person.messages.length, sha256: createHash('sha256').update(text).digest('hex') });
    }
    return { evidence: { copies: made, availableUntil: new Date(now() + COPY_DAYS * DAY_MS).toISOString() } };
  }

  async function erase({ keys, inForce, row, subjects }: At): Promise<Act> {
    const mandate = rightsMandate(keys.tenantId, inForce, 'erasure');
    await eraseBy(deps, { keys, inForce, row, subjects, mandate, holds: [] });
    // Of all attempts: the one before may have been killed when everything was gone.
    const { deleted, keysDestroyedAt, untold, suppressed } = await store.erasureProgress(keys.tenantId, row.id);
    const completedAt = new Date(now());
    return {
      evidence: erasureEvidence({
        keysDestroyedAt: keysDestroyedAt === null ? completedAt : new Date(keysDestroyedAt),
        completedAt,
        counts: deleted,
        instruction: mandate.instruction,
        untold,
        suppressed,
        backups,
        dropsLog: await store.dropsWrittenAhead(),
        earlier: earlierPart(row.evidence),
      }),
      forget: true,
    };
  }

  /** Of whom nothing is kept is erased like anybody; then the request is about the others alone. */
  async function eraseFree({ keys, inForce, row }: At, { free, held }: Parts): Promise<void> {
    if (free.length === 0) return;
    const { tenantId } = keys;
    const mandate = rightsMandate(tenantId, inForce, 'erasure');
    await store.passIdentities(keys, { free, held });
    await eraseBy(deps, { keys, inForce, row, subjects: free, mandate, holds: [] });
    await store.forgetInRequest(tenantId, row.id, free);
  }

  /** What a legal hold keeps stays, readable and restricted; everything else goes, and whoever is none of its persons. */
  async function eraseAround(at: At, holds: readonly HoldScope[], parts: Parts): Promise<object> {
    const { keys, inForce } = at;
    const { tenantId } = keys;
    const mandate = rightsMandate(tenantId, inForce, 'erasure');
    const theirs = (await store.erasureScope(tenantId, parts.held, [])).conversations;
    const rowOf = (isTheirs: boolean) => ({ ...at.row, conversations: at.row.conversations.filter((id) => theirs.includes(id) === isTheirs) }); // prettier-ignore
    await eraseFree({ ...at, row: rowOf(false) }, parts);
    await eraseBy(deps, { keys, inForce, row: rowOf(true), subjects: parts.held, mandate, holds }, ERASURE_AROUND);
    const { deleted: counts, untold, keysDestroyedAt } = await store.erasureProgress(tenantId, at.row.id);
    return heldBackEvidence({
      at: new Date(now()),
      counts,
      instruction: mandate.instruction,
      untold,
      holds,
      held: await store.heldBack(tenantId, parts.held, holds),
      // Of all attempts: the one before may have been killed when they were gone.
      erased:
        keysDestroyedAt === null
          ? null
          : { persons: counts[KEYS_DESTROYED] ?? 0, keysDestroyedAt: new Date(keysDestroyedAt) },
      backups,
      dropsLog: await store.dropsWrittenAhead(),
    });
  }

  async function toTell({ keys, row, subjects }: At, event: NoticeEvent): Promise<Told> {
    const { conversations } = await store.erasureScope(keys.tenantId, subjects, []);
    return { requestId: row.id, event, subjects, conversations };
  }

  const tell = async (at: At, event: NoticeEvent, kinds: readonly string[] = []): Promise<{ untold: string[] }> =>
    notices.queue(at.keys, at.inForce, { ...(await toTell(at, event)), kinds });

  async function restrict(at: At): Promise<Act> {
    await store.restrictSubjects(at.keys.tenantId, at.subjects, { restricted: true, resume: false });
    return { evidence: { restricted: at.subjects.length, ...(await tell(at, 'restrict')) } };
  }

  /** Purposes on a public task or on legitimate interests, and marketing on any ground (Art. 21(1), (2)). */
  function objectionable({ inForce, row }: At): string[] {
    if (row.purpose !== null) return [row.purpose];
    return Object.entries(inForce?.document.purposes ?? {})
      .filter(([, p]) => p.marketing === true || p.basis === 'A6-1-e' || p.basis === 'A6-1-f')
      .map(([id]) => id);
  }

  async function object(at: At): Promise<Act> {
    // What an earlier attempt has closed is lifted with it, too, whatever is instructed by now.
    const before = (at.row.evidence?.['purposes'] ?? []) as string[];
    const purposes = [...new Set(['marketing', ...objectionable(at), ...before])];
    const by = { version: at.row.instruction_version, clause: at.row.clause };
    const whom = { subjects: at.subjects, hashes: at.row.hashes };
    const { suppressed } = await store.recordObjection(at.keys, whom, { purposes, by, request: at.row.id });
    return { evidence: { purposes, suppressed, ...(await tell(at, 'object')) }, hashes: at.row.hashes };
  }

  /** What was said in the chat took effect in the turn in which it was said: consent may have been given again since. */
  async function withdraw({ keys, row, subjects }: At): Promise<Act> {
    if (row.source !== 'chat') await store.withdrawConsents(keys.tenantId, subjects);
    return { evidence: await store.withdrawnOf(keys.tenantId, subjects) };
  }

  /** What the controller gave stands here from now on; without it, it was put right elsewhere. Whoever was given the data is told. */
  async function rectify(at: At): Promise<Act> {
    const { evidence, kinds } = await rectified(at.keys, { requestId: at.row.id, subjects: at.subjects });
    return { evidence: { ...evidence, ...(await tell(at, 'rectify', kinds)) } };
  }

  const acts: Readonly<Record<Right, (at: At) => Promise<Act>>> = {
    access: copy,
    portability: copy,
    erasure: erase,
    restriction: restrict,
    objection: object,
    withdrawal: withdraw,
    rectification: rectify,
  };

  return {
    eraseAround,
    carryOut: (at: At): Promise<Act> => acts[at.row.exercised as Right](at),
    /** What recipients are told when it is lifted. */
    liftNotices: async (at: At): Promise<readonly NewNotice[]> =>
      (await notices.prepare(at.keys, at.inForce, await toTell(at, 'lift'))).notices,
  };
}

export type Acts = ReturnType<typeof createActs>;
