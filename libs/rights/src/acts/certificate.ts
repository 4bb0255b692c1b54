// The certificate of an erasure: what went, when, by which clause, who was told, and what is not promised. No personal data.
import type { HoldScope } from '#libs/instructions';
import type { HeldBack, NoticeRow, RightsRequestRow } from '#libs/store';
import { KEY_GONE_WITHIN_MS } from '../retention/destroyed-keys.js';

const DAY_MS = 86_400_000;

export const CERTIFICATE_SCHEMA = 'parley-erasure-certificate/1';

/** How long the operator keeps the two halves of a backup, in days (docs/operate.md). */
export interface BackupLife {
  /** The half with the keys: until then the other could be read. */
  readonly keyDays: number;
  /** The half with the rows: ciphertext, random ids and keyed hashes. */
  readonly dataDays: number;
}

const after = (at: Date, days: number): string => new Date(at.getTime() + days * DAY_MS).toISOString();

/** What backups made before still hold, and until when. */
export const inBackups = (at: Date, { keyDays, dataDays }: BackupLife) => ({
  backupsReadableUntil: after(at, keyDays),
  backupsGoneBy: after(at, Math.max(keyDays, dataDays)),
});

/** When the destroyed key, sealed as it was, has left the files of the database; null: its server decides when its log is used again. */
export const inFiles = (destroyedAt: Date, dropsLog: boolean) => {
  const by = new Date(destroyedAt.getTime() + KEY_GONE_WITHIN_MS).toISOString();
  return { sealedKeyGoneFromTablesBy: by, sealedKeyGoneFromLogBy: dropsLog ? by : null };
};

const NOT_PROMISED = [
  'The platform by which the person wrote keeps copies of its own, under its own responsibility.',
  'Recipients are told and asked to confirm; what they have done with the data is known only from their answer.',
  'Other people may have mentioned the person in their own messages.',
] as const;

export interface Erased {
  readonly keysDestroyedAt: Date;
  readonly completedAt: Date;
  readonly counts: Readonly<Record<string, number>>;
  readonly instruction: { readonly version: number; readonly hash: string; readonly clause: string };
  /** Recipients who had data and cannot be told, because the document names no address for it. */
  readonly untold: readonly string[];
  /** Look-up hashes that remember an objection, under a key of their own (Art. 21(3)). */
  readonly suppressed: number;
  readonly backups: BackupLife;
  /** Whether the write-ahead log goes with the tables. */
  readonly dropsLog: boolean;
  /** What went before, while a legal hold kept the rest. */
  readonly earlier: object | null;
}

/** The part that does not change any more; stored with the request. */
export const erasureEvidence = (erased: Erased) => ({
  schema: CERTIFICATE_SCHEMA,
  keysDestroyedAt: erased.keysDestroyedAt.toISOString(),
  completedAt: erased.completedAt.toISOString(),
  deleted: Object.entries(erased.counts).map(([what, count]) => ({ what, count })),
  instruction: erased.instruction,
  untold: erased.untold,
  kept: erased.suppressed > 0 ? [{ what: 'suppression entries', count: erased.suppressed, article: 'Art. 21(3)' }] : [],
  ...(erased.earlier ? { earlier: erased.earlier } : {}),
  ...inFiles(erased.keysDestroyedAt, erased.dropsLog),
  ...inBackups(erased.completedAt, erased.backups),
  notPromised: NOT_PROMISED,
});

/** Of an erasure that a legal hold limits: what went, what is kept, by which hold and until when. Words of the controller, no data of the person. */
export const heldBackEvidence = (part: {
  readonly at: Date;
  readonly counts: Readonly<Record<string, number>>;
  readonly instruction: Erased['instruction'];
  readonly untold: readonly string[];
  readonly holds: readonly HoldScope[];
  readonly held: HeldBack;
  /** How many went wholly, and when the last of their keys did; null: something is kept of everybody. */
  readonly erased: { readonly persons: number; readonly keysDestroyedAt: Date } | null;
  readonly backups: BackupLife;
  readonly dropsLog: boolean;
}) => ({
  partlyErasedAt: part.at.toISOString(),
  persons: { erased: part.erased?.persons ?? 0, heldBack: part.held.subjects.length },
  ...(part.erased
    ? {
        keysDestroyedAt: part.erased.keysDestroyedAt.toISOString(),
        ...inFiles(part.erased.keysDestroyedAt, part.dropsLog),
        ...inBackups(part.at, part.backups),
      }
    : {}),
  deleted: Object.entries(part.counts).map(([what, count]) => ({ what, count })),
  instruction: part.instruction,
  untold: part.untold,
  heldBack: { messages: part.held.messages, attachments: part.held.attachments, consents: part.held.consents },
  legalHolds: part.holds.map(({ hold, clause, categories }) => ({
    scope: hold.scope,
    basis: hold.basis,
    clause,
    from: hold.from,
    until: hold.until ?? null,
    review: hold.review ?? null,
    data: categories,
    connections: hold.connections ?? null,
    messages: hold.messages ?? null,
  })),
});

/** What is said in the certificate of the time before, when a legal hold has ended; null: none kept anything. */
export function earlierPart(evidence: Readonly<Record<string, unknown>> | null): object | null {
  if (!evidence || evidence['heldBack'] === undefined) return null;
  const { partlyErasedAt, persons, keysDestroyedAt = null, instruction, heldBack, legalHolds } = evidence;
  return { partlyErasedAt, persons, keysDestroyedAt, instruction, heldBack, legalHolds };
}

const isTold = ({ state }: NoticeRow): boolean => state !== 'untold';

/** What was said to recipients and what they answered, as of now. */
export const answersOf = (notices: readonly NoticeRow[]) =>
  notices.filter(isTold).map((n) => ({
    recipient: n.recipient,
    event: n.event,
    state: n.acknowledged_at ? 'acknowledged' : n.escalated_at ? 'silent' : 'told-again',
    since: n.created_at.toISOString(),
    acknowledgedAt: n.acknowledged_at?.toISOString() ?? null,
    answerDueBy: n.escalate_at.toISOString(),
    attempts: n.attempts,
    lastCode: n.code,
  }));

/** Who turned out after a request's end to have data, and cannot be told. */
export const untoldLater = (notices: readonly NoticeRow[]): readonly string[] => [
  ...new Set(notices.filter((n) => !isTold(n)).map(({ recipient }) => recipient)),
];

function evidenceOf(row: RightsRequestRow, notices: readonly NoticeRow[]) {
  const late = untoldLater(notices);
  if (row.evidence === null || late.length === 0) return row.evidence;
  const before = row.evidence['untold'];
  return { ...row.evidence, untold: [...new Set([...(Array.isArray(before) ? before : []), ...late])] };
}

/** The evidence of a request that was carried out: for an erasure its certificate. */
export const certificateOf = (row: RightsRequestRow, notices: readonly NoticeRow[]) =>
  row.evidence === null
    ? null
    : {
        request: row.id,
        right: row.exercised,
        receivedAt: row.received_at.toISOString(),
        ...evidenceOf(row, notices),
        recipients: answersOf(notices),
      };
