// The one shape into which every channel's updates are parsed.
import type { Content, ContentType } from './content.js';
import type { ExposedIdentifier } from './identifier.js';
import type { Personal } from './personal.js';

/** How the update reached us: addressed to us, seen while another app holds the thread, our own side's message, old chats. */
export type Via = 'primary' | 'standby' | 'echo' | 'history';

/** Delivery states in the order in which they may follow one another; `failed` may follow any but `read`. */
export const DELIVERY_STATES = ['queued', 'sending', 'sent', 'delivered', 'read', 'played', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** An error of the platform: decide by `code`, never by its title. No free text: titles may quote the person. */
export interface PlatformError {
  readonly code: number;
  readonly subcode?: number;
}

/**
 * Updates that say nothing by themselves (somebody came by a link, opted in, linked an account, rated an answer): `identifiers` are all
 * that they carry, and they go on only where some of those are instructed.
 */
export const CONTEXT_TYPES = ['referral', 'optin', 'feedback', 'account-linking'] as const;
export type ContextType = (typeof CONTEXT_TYPES)[number];

export type EventBody =
  | {
      readonly type: 'message';
      readonly content: Personal<Content>;
      /** Duplicated outside the personal value so that it can be counted and decided on. */
      readonly contentType: ContentType;
      readonly replyTo?: Personal<string>;
      readonly errors?: readonly PlatformError[];
    }
  | {
      readonly type: 'edit';
      readonly target: Personal<string>;
      readonly content: Personal<Content>;
      readonly contentType: ContentType;
    }
  | { readonly type: 'revoke'; readonly target: Personal<string> }
  | { readonly type: 'reaction'; readonly target: Personal<string>; readonly emoji: Personal<string> | null }
  | {
      readonly type: 'status';
      readonly target: Personal<string>;
      readonly status: DeliveryState;
      readonly errors?: readonly PlatformError[];
      /** The opaque string that we attached when sending; ours, not personal. */
      readonly opaque?: string;
    }
  | {
      /** Everything of ours up to `until` (ms since epoch) was delivered or read. */
      readonly type: 'watermark';
      readonly status: 'delivered' | 'read';
      readonly until: number;
      readonly targets?: readonly Personal<string>[];
    }
  | {
      /** The person's identifiers changed; the link old to new is this one update. */
      readonly type: 'identity-change';
      readonly previous: readonly ExposedIdentifier[];
      readonly current: readonly ExposedIdentifier[];
    }
  /** `tracking`: a browser says for its person that data may not be used for advertising and measuring (Sec-GPC). */
  | { readonly type: 'preference'; readonly topic: 'marketing' | 'tracking'; readonly value: 'stop' | 'resume' }
  | { readonly type: Exclude<ContextType, 'feedback'> }
  /** Of one of our messages, where the platform says of which. */
  | { readonly type: 'feedback'; readonly target?: Personal<string> }
  /**
   * Noted, not acted on: `identifiers` tell what it exposed, nothing else of it is carried. `comment`: written in public, to
   * nobody alone.
   */
  | { readonly type: 'group' | 'call' | 'click' | 'inference' | 'address-book' | 'comment' }
  | { readonly type: 'handover'; readonly action: string }
  /** What the platform answered when it was asked about a person: `identifiers`, and nothing else. */
  | { readonly type: 'profile' }
  | {
      /** A fact about the connection itself (template status, quality, restriction): no person in it. */
      readonly type: 'account';
      readonly field: string;
      readonly severity: 'info' | 'warning' | 'stop';
      /** Nothing more is taken for so long from when that was said, by the platform's code for it. */
      readonly pause?: { readonly code: number; readonly ms: number };
      readonly errors?: readonly PlatformError[];
    }
  | { readonly type: 'unknown'; readonly path: string };

export type EventType = EventBody['type'];

/** One update of a platform, normalised. Nothing of it may be written before instructions decided on it. */
export interface ChannelEvent {
  readonly channel: string;
  /** The business's own account as the platform names it (phone-number id, page id, Instagram account); null when the update names none. */
  readonly account: string | null;
  /** The platform's name of the holder of several accounts (WABA id), when the update names it; compare `portfolioSetting`. */
  readonly portfolio?: string;
  readonly via: Via;
  /** The business's side wrote it: echoes, and its own messages in old chats. */
  readonly own?: true;
  /** Written in a group, where an answer to one person would reach others, or be out of place. */
  readonly group?: true;
  /** Platform's time, ms since epoch, UTC; time of receipt when the platform gives none, or a later one. */
  readonly at: number;
  /** The platform's id of this message, by which replies, reactions and receipts name it; null for other updates. */
  readonly messageId: Personal<string> | null;
  /** What makes this update the same as its redelivery, unique within a connection. Only its keyed hash is stored. */
  readonly dedupe: Personal<string>;
  /** Every identifier that the update exposed, also those that will be dropped: the observation needs them. */
  readonly identifiers: readonly ExposedIdentifier[];
  /** Kinds that are inside of its files: ruled on and counted like the others, and there is no value of them. */
  readonly embedded?: readonly Omit<ExposedIdentifier, 'value'>[];
  readonly body: EventBody;
  /** BCP 47 language that the channel states for the person, if it does. */
  readonly locale?: string;
  /** Our own random id of the conversation, on channels where the client names it (web chat). */
  readonly conversation?: string;
}

/** What a channel's parser returns for one request body: it never throws and never rejects neighbours of a bad item. */
export interface ParseResult {
  readonly events: readonly ChannelEvent[];
  /** Paths of fields that the adapter does not declare, `[]` for array elements: never a value. */
  readonly undeclared: readonly string[];
}
