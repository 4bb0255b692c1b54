// What a turn takes and what it settles, as rows.
import type { ConsentChange } from './consents.js';
import type { SealedCorrection } from './corrections.js';
import type { WholeLeaf } from './leaf.js';

export interface Turn {
  readonly connection_id: string;
  readonly subject_id: string;
  readonly wrapped_key: Buffer;
  /** As whom the person goes on: the subject itself, unless it was joined with a later one, whose key then stands beside it. */
  readonly living_id: string;
  readonly living_key: Buffer | null;
  readonly restricted: boolean;
  /** Purposes that the person objected to (Art. 21). */
  readonly objected: readonly string[];
  /** Since when the person wants no marketing; null: they did not say so. */
  readonly marketing_stopped_at: Date | null;
  readonly locale: string | null;
  readonly tokens: Buffer | null;
  readonly notice_hash: string | null;
  readonly last_inbound_at: Date | null;
  /** When another app was last known to have the conversation; null: never. */
  readonly aside_at: Date | null;
  readonly last_message_id: string | null;
  readonly attempts: number;
  /** How long theirs still wait, in ms: it was taken before that, for what is to be sent. */
  readonly rests_ms: number;
  /** How long what is to be sent still waits, in ms: it was taken before that, for something that people wrote. */
  readonly ours_rest_ms: number;
  /** Identifiers by which the person can be answered, the newest first; values are sealed. */
  readonly handles: readonly { readonly kind: string; readonly value: Buffer }[];
  /** What was put right of the person, sealed like the handles: under the key of the one who goes on. */
  readonly corrections: readonly SealedCorrection[];
  /** What is to be processed or sent, oldest first; {@link MOST_OPEN} at most, ours before theirs. */
  readonly open: readonly OpenMessage[];
}

export interface OpenMessage {
  readonly id: string;
  readonly direction: 'in' | 'out';
  readonly type: string;
  readonly content_type: string | null;
  readonly body: Buffer | null;
  readonly target: Buffer | null;
  readonly reply_to: string | null;
  readonly state: string;
  /** Why it is still to be sent, where it was tried before. */
  readonly code: string | null;
  readonly attempts: number;
  /** How often it was replayed from the dead letters. */
  readonly replays: number;
  /** Purposes for which it was held until now; null: it was not. */
  readonly waiting: readonly string[] | null;
  /** The version of the instructions under which it was kept. */
  readonly version: number;
  /** Of ours: what it was written for, of which one purpose that is open lets it go; none: it depends on none. */
  readonly purposes: readonly string[];
  /** Of these, those that need consent. */
  readonly under_consent: readonly string[];
  /** Of ours: marketing and nothing else. */
  readonly marketing: boolean;
  readonly at: Date;
  /** Of theirs: nobody had looked at it before. */
  readonly unheard?: boolean;
  /** It was not looked for as one of the next: between them and it there may be others. */
  readonly beyond?: boolean;
  /** Queued just now, and marked as being sent in the same commit. */
  readonly marked?: true;
}

/** So many of the open messages are looked at together. */
export const MOST_OPEN = 50;

/** Type of a message to be sent: restriction is of what is done with the person's data, not of what the person is told about it (Art. 12, 18). */
export const ABOUT_RIGHTS = 'about-rights';

/** A message to be sent. `body` is sealed under the subject's key. */
export interface OutboundRow {
  readonly id: string;
  readonly type: string;
  readonly body: Buffer;
  readonly replyTo: string | null;
  readonly version: number;
  readonly clause: string;
  /** What it was written for: it is sent while one of these purposes is open; none: it depends on none. */
  readonly purposes: readonly string[];
  /** Those of them that need consent. */
  readonly underConsent: readonly string[];
  /** Marketing and nothing else: it is not sent once the person wants no more. */
  readonly marketing?: boolean;
  /** It goes once it has reached the person. */
  readonly fleeting?: boolean;
}

/** A message of ours, and where it is to be said. */
export interface Words {
  readonly conversationId: string;
  readonly row: OutboundRow;
}

export interface Disclosed {
  readonly recipient: string;
  readonly purpose: string;
  readonly categories: readonly string[];
  readonly version: number;
  /** Of the instructions, that permits it. */
  readonly clause: string;
}

/** What becomes of an inbound message at the end of its step. */
export interface Settled {
  readonly messageId: string;
  /** What it is; a message unless given. Only some of them open the reply window. */
  readonly type?: string;
  /** `dropped`: nothing of it is kept but that it was. */
  readonly state: 'done' | 'dead' | 'restricted' | 'dropped';
  /** It is held for further purposes until then. */
  readonly hold?: { readonly until: Date; readonly waiting: readonly string[]; readonly forwarded: boolean };
  readonly consent?: ConsentChange;
  /** What is left of it, sealed, where it may not stay as it was. */
  readonly body?: Buffer;
  /** Its files go: no purpose that is open covers them. */
  readonly withoutFiles?: true;
  /** Sealed, when there are new ones. */
  readonly tokens?: Buffer | null;
  readonly replies: readonly OutboundRow[];
  /** The first reply is sent next: it is marked as being sent. */
  readonly sendsFirst?: boolean;
  readonly disclosed: readonly Disclosed[];
  readonly at: Date;
  readonly leaf: WholeLeaf | null;
}

/** The conversation that is held, and by which lease. */
export interface TurnRef {
  readonly conversationId: string;
  readonly lease: string;
  /** Messages of theirs that were looked at. What came since is looked at before anything is sent. */
  readonly seen?: readonly string[];
  readonly subjectId: string;
  /** Whose consents and age its answers change; the subject itself unless given. */
  readonly livingId?: string;
}
