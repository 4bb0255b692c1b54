// What the contract suite must be told about a channel, because the adapter cannot know it: a sample connection and its signature.
import type { LookUpAnswer, PublicSettings, Secrets } from '#libs/channels';
import type { HttpRequest, HttpResponse, SendOutcome } from '#libs/kernel';

export interface ContractSubject {
  readonly channel: string;
  /** Settings of an invented connection, without secrets. */
  readonly settings: PublicSettings;
  readonly secrets: Secrets;
  /** Headers with which the platform signs these bytes; null: the channel signs nothing (pull). */
  readonly sign: ((raw: Buffer, secrets: Secrets) => Readonly<Record<string, string>>) | null;
  /** Headers that must be refused although they look signed, by name of the trick. */
  readonly forged: Readonly<Record<string, (raw: Buffer, secrets: Secrets) => Readonly<Record<string, string>>>>;
  /** The subscription check that must be answered, and its answer; null: the channel has none. */
  readonly handshake: { readonly query: Readonly<Record<string, string>>; readonly answer: string } | null;
  /** Address of an invented person: registry key → value. */
  readonly address: Readonly<Record<string, string>>;
  /** Platform id of a message that may be quoted. */
  readonly target: string;
  /** A payload with one text message; another `n` is another message of the same person, text and second. */
  readonly message: (n: number) => unknown;
  /** The code that a documented error must be read as. */
  readonly errors: readonly DocumentedError[];
  /** Where the channel looks people up. */
  readonly lookUp?: LookUpSubject;
}

export interface LookUpSubject {
  /** What a request asks for, by the platform's names. */
  readonly asks: (request: HttpRequest) => readonly string[];
  /** An answer with all that the platform could tell, whatever was asked for, and more. */
  readonly everything: HttpResponse;
  readonly refusals: readonly {
    readonly name: string;
    readonly response: HttpResponse;
    readonly kind: LookUpAnswer['kind'];
  }[];
}

export interface DocumentedError {
  readonly name: string;
  readonly response: HttpResponse;
  readonly kind: SendOutcome['kind'];
}

/** An answer of Meta's Graph API with an error in it. */
export const graphError = (status: number, code: number, subcode?: number): HttpResponse => ({
  kind: 'answered',
  status,
  headers: { 'content-type': 'application/json' },
  json: { error: { message: 'invented', type: 'OAuthException', code, error_subcode: subcode } },
});
