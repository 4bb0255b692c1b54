// The recipient contract: whoever receives a conversation is described by facts and pure functions, like a channel.
import type { MinimisedTurn } from '#libs/instructions';
import type { ContextType, HttpRequest, HttpResponse, InstructionRef, MediaType, OutboundContent } from '#libs/kernel';

/** An attachment as the recipient may fetch it: from us, under a random id, not from the platform. */
export interface RecipientAttachment {
  readonly id: string;
  readonly type: string;
  readonly mime: string;
  readonly url: string;
}

export interface RecipientContext {
  /** Idempotency key: the same on every attempt for the same message. */
  readonly messageId: string;
  /** Pseudonymous ids that mean nothing at another recipient. */
  readonly conversation: string;
  readonly subject: string;
  readonly channel: string;
  readonly event: 'message' | 'edit' | 'revoke' | 'reaction' | ContextType;
  /** Our id of the earlier message that it answers, or that an edit, revoke or reaction is about, where it is still known. */
  readonly target?: string;
  readonly at: Date;
  readonly instruction: InstructionRef;
  readonly attachments: readonly RecipientAttachment[];
  /** Types of files that came with it and could not be had from the platform. */
  readonly missing: readonly MediaType[];
  readonly url: string | null;
  /** `whsec_…`, as in the Standard Webhooks specification; for kinds that sign. A key is named in the request instead. */
  readonly secret: string;
  /** Kind `openai`: the model and what it is told before each message, as the instructions say. */
  readonly model: string | null;
  readonly prompt: string | null;
  readonly locale: string | null;
  readonly now: Date;
}

export type RecipientOutcome =
  | { readonly kind: 'answered'; readonly messages: readonly OutboundContent[] }
  | { readonly kind: 'retry'; readonly code: string; readonly afterMs: number }
  /** Will not be tried again: what the answer said, or the reason why its messages cannot be taken (`reply-…`). */
  | { readonly kind: 'refused'; readonly code: string }
  /** 410: the recipient wants no more of this. */
  | { readonly kind: 'gone' };

export type RecipientKind =
  | {
      readonly kind: string;
      readonly transport: 'http';
      /** `signature`: we sign with the secret. `key`: it asks for one that the controller enters; requests name it `key`. */
      readonly credential: 'signature' | 'key' | 'optional-key';
      /** What it can be told of; everything unless given. */
      readonly events?: readonly RecipientContext['event'][];
      /** Told, and asked for nothing: what it answers is not read, and it writes into no conversation later. */
      readonly oneWay?: true;
      render(turn: MinimisedTurn, context: RecipientContext): HttpRequest;
      /** `attempt` counts from 1; `random` in [0, 1) spreads retries. */
      interpret(response: HttpResponse, attempt: number, random: number): RecipientOutcome;
    }
  | {
      readonly kind: string;
      readonly transport: 'in-process';
      answer(turn: MinimisedTurn, context: RecipientContext): readonly OutboundContent[];
    };
