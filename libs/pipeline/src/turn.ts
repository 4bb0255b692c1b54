// A turn in hand: what the stages of one conversation's processing share.
import type { CompiledInstructions } from '#libs/instructions';
import type { DueTimes, OpenMessage, Turn, TurnRef } from '#libs/store';
import type { Whose } from './body.js';
import type { OpenConnection } from './tenants.js';

/** The conversation is ours while the lease lasts. */
export interface TurnInHand {
  readonly conversationId: string;
  readonly lease: string;
  readonly turn: Turn;
  readonly connection: OpenConnection;
  readonly instructions: CompiledInstructions;
  readonly whose: Whose;
  /** As whom the person goes on, consents and answers: the same, unless the conversation is one of an id that ended. */
  readonly living: Whose;
  /** By which the person can be answered, the newest first; opened when first asked for. */
  readonly address: () => readonly { readonly kind: string; readonly value: string }[];
  /** How far this turn has come: what the row said at its start, and what was settled since. */
  readonly progress: {
    noticeHash: string | null;
    lastInboundAt: Date | null;
    lastMessageId: string | null;
    marketingStoppedAt: Date | null;
    /** Sealed. */
    tokens: Buffer | null;
    /** The text of the person's last message, where it had one; undefined: not looked up yet. */
    tail: string | null | undefined;
    /** Messages that it looked at last: nothing is sent before what came since was looked at, too. */
    readonly seen: Set<string>;
    /** Of the messages that it met and made, the newest: retention counts from it. */
    newest: Pick<OpenMessage, 'id' | 'version'> | null;
  };
  /** When what is held there goes, now that the turn ends; null: nothing was said. */
  readonly due: () => Promise<DueTimes | null>;
}

export const refOf = ({ conversationId, lease, whose, living, progress }: TurnInHand): TurnRef => ({
  conversationId,
  lease,
  subjectId: whose.subjectId,
  livingId: living.subjectId,
  seen: [...progress.seen],
});

/** The conversation was given back with the last step; `more`: something has come meanwhile. */
export interface Released {
  readonly more: boolean;
}

/** How a step ended: go on, give the conversation back and try again later, or stop because it is no longer ours. */
export type Step =
  /** `queued`: what is to be sent before anything else; `look`: what is open has changed otherwise. */
  | {
      readonly next: 'on';
      readonly queued?: readonly OpenMessage[];
      readonly look?: true;
      readonly released?: Released;
    }
  /** `failed`: an attempt was made; who only waited for a place has all attempts left. `theirs`: what is to be sent need not wait. */
  | { readonly next: 'rest'; readonly afterMs: number; readonly failed?: boolean; readonly theirs?: boolean }
  | { readonly next: 'lost' };
