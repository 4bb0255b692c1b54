// What became of an attempt to send: the closed list on which retries, health and dead letters are decided.
import type { Personal } from './personal.js';

export type SendOutcome =
  | { readonly kind: 'accepted'; readonly messageId: Personal<string> | null }
  /** Try again later with back-off; `attempts` caps how often. */
  | { readonly kind: 'retry'; readonly code: string; readonly attempts: number }
  /** Too fast: wait at least `afterMs`. `scope` says what must wait: this person's pair or the whole connection. */
  | {
      readonly kind: 'throttled';
      readonly code: string;
      readonly afterMs: number;
      readonly scope: 'pair' | 'connection';
    }
  /** Will never work for this message. */
  | { readonly kind: 'refused'; readonly code: string; readonly reason: RefusalReason }
  /** The connection itself is broken (token, permission, restriction): stop it and say so. */
  | { readonly kind: 'stopped'; readonly code: string; readonly reason: 'credentials' | 'restricted' };

export type RefusalReason =
  | 'content' // the platform cannot take this content
  | 'recipient' // this person cannot be reached
  | 'window-closed' // outside the reply window
  | 'opted-out' // the person stopped it
  | 'unsupported' // the channel has no such thing
  | 'too-long' // beyond a limit that cannot be split
  | 'no-address' // no identifier kept by which one could reply
  | 'information-lost'; // the platform says that it lost it
