// The fake's state in one place: what can be set, who is known, what was called, what is under way.
import type { Courier } from './webhooks.js';
import type { Limiter } from './limits.js';
import type { MediaShelf } from './shelf.js';
import type { People } from './people.js';
import type { Behaviour, Call } from './types.js';

export interface World {
  behaviour: Behaviour;
  readonly clock: () => number;
  readonly people: People;
  readonly limiter: Limiter;
  readonly media: MediaShelf;
  readonly courier: Courier;
  readonly calls: Call[];
  /** Accounts that were read as Instagram accounts. */
  readonly instagramAccounts: Set<string>;
  /** Message id → the person and the account it went to; for reactions, read receipts and quotes. */
  readonly messages: Map<string, { readonly account: string; readonly person: string }>;
  /** Runs work later and keeps account of it; what is under way when the fake closes is dropped. */
  later(delayMs: number, work: () => Promise<void>): void;
}

/** What a handler says: the answer, and what became of the message besides. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly note?: string;
  /** Bytes instead of JSON. */
  readonly bytes?: { readonly type: string; readonly content: Buffer };
  /** The answer is lost: the connection breaks, or nobody ever says anything. */
  readonly lost?: 'disconnect' | 'hang';
  /** Done after the answer was sent. */
  readonly after?: () => void;
}
