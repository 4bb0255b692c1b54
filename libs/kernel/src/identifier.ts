// What a channel exposes about a person: the registry row (a fact about the channel) and the exposed value (in one event).
import type { Category } from './category.js';
import type { Personal } from './personal.js';

/** What instructions may say of an identifier kind. A kind that is not listed is dropped. */
export const IDENTIFIER_ACTIONS = ['keep', 'pseudonymise', 'truncate', 'pass', 'drop', 'block'] as const;
export type IdentifierAction = (typeof IDENTIFIER_ACTIONS)[number];

/** When the channel exposes it, seen from the conversation. */
export type Phase = 'before' | 'during' | 'after';

/** How far a value links: the same value means the same person within this scope. */
export type IdentifierScope =
  | 'global' // the same value at every business of this channel (a phone number)
  | 'linked-portfolios' // across portfolios that the platform links (a parent BSUID)
  | 'portfolio' // one business portfolio (a BSUID)
  | 'account' // one page or number (a page-scoped id)
  | 'app' // one app of the platform
  | 'session' // one conversation or browser session
  | 'message' // one message
  | 'click' // one click or advertisement
  | 'none'; // does not identify by itself

export type IdentifierRole = 'routing' | 'correlation' | 'profile' | 'content' | 'metadata';

/** One row of a channel's identifier registry: a fact about the platform, never a value. */
export interface IdentifierKind {
  /** Key used in instructions, after the platform's own field name: `wa_id`. */
  readonly key: string;
  /** Where it appears, as paths relative to one update of the platform, `[]` for any element. */
  readonly paths: readonly string[];
  /** Terms of DPV 2.3, extension pd, without prefix: `TelephoneNumber`. */
  readonly dpv: readonly string[];
  readonly phases: readonly Phase[];
  readonly scope: IdentifierScope;
  readonly role: IdentifierRole;
  /** The category under which purposes and retention cover it. */
  readonly category: Category;
  /** `required`: no reply without it; `one-of`: one of several ways to reply; `none`. */
  readonly reply: 'required' | 'one-of' | 'none';
  readonly sensitivity: 'low' | 'medium' | 'high';
  /** Whose it is: the person writing, somebody they mention, or the business's own staff. */
  readonly of: 'subject' | 'third-party' | 'staff';
  /** Other values that contain this one, e.g. a message id that embeds a phone number. */
  readonly hiddenIn?: readonly string[];
  /** What Parley does when instructions are silent, and what we suggest when they are not. */
  readonly suggested: IdentifierAction;
  /** A feature that must be switched on before the platform sends it. */
  readonly needs?: string;
  /** By it a message of ours is known to have been read or played: that is noted only where instructions keep this kind. */
  readonly reading?: true;
  /** The adapter can ask the platform for it (`lookUp`); done where a purpose names the kind under `features`. */
  readonly lookedUp?: true;
  /** Time-to-live or stability, in words for the documentation page. */
  readonly lifetime?: string;
}

/** One identifier that one event exposed. The value lives in memory only, until instructions decide. */
export interface ExposedIdentifier {
  readonly key: string;
  readonly value: Personal<string>;
  /** The registry path where it was found, `[]` for array elements: never a value. */
  readonly path: string;
}
