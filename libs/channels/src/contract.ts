// The adapter contract: a channel is a plain object of facts and pure functions. No class, no I/O, no log, no clock.
import type {
  ChannelEvent,
  ExposedIdentifier,
  HttpRequest,
  HttpResponse,
  IdentifierKind,
  MediaType,
  OutboundContent,
  OutboundType,
  ParseResult,
  RefusalReason,
  SendOutcome,
} from '#libs/kernel';

/** A fact about a platform, with where and when it was read. */
export interface Fact<T> {
  readonly value: T;
  /** Page or section, e.g. "WhatsApp webhooks overview". */
  readonly source: string;
  /** ISO date of the page or of our reading. */
  readonly date: string;
}

/**
 * What the platform is, allows and does with data: for the record of processing and the documentation. Obeyed from here are `hosts`,
 * `bodyLimit`, `replyWindowMs`, `sendRate`, `slowRate` and `maxMedia`; the others are obeyed by the adapter itself, or by the platform.
 */
export interface Manifest {
  /** Name of the channel in code and API: `whatsapp-cloud`. */
  readonly channel: string;
  readonly title: string;
  /** Hosts that the egress client may call for this channel. */
  readonly hosts: readonly string[];
  /** Largest webhook body in bytes; more is answered 413. */
  readonly bodyLimit: number;
  /** Reply window after the person's last message in ms; null: no window. */
  readonly replyWindowMs: Fact<number> | null;
  /** Messages per second and connection. */
  readonly sendRate: Fact<number>;
  /** The same of audio and video, where they have a rate of their own. */
  readonly slowRate: Fact<number> | null;
  /** Messages to one person: `burst` at once, then one per `everyMs`. The platform sees to it, and we wait when it says so (decision 21). */
  readonly pairRate: Fact<{ burst: number; everyMs: number }> | null;
  /** How many characters a text may have; `render` splits longer ones at sentence ends. */
  readonly maxText: Fact<number>;
  /** Largest inbound media in bytes by type. */
  readonly maxMedia: Readonly<Record<MediaType, number>>;
  /** GDPR role of the platform itself, as it states it. */
  readonly platformRole: Fact<'processor' | 'controller' | 'none'>;
  /** What the platform says it keeps and for how long. */
  readonly platformRetention: Fact<string>;
  /** Country codes or regions where the platform processes. */
  readonly platformCountries: readonly string[];
}

/**
 * Per outbound content type what the channel can do; a missing key means: not supported, rendering is refused. `splits` names the
 * limits beyond which a text becomes several messages; beyond the others it is refused.
 */
export type Capabilities = Readonly<
  Partial<Record<OutboundType, { readonly [limit: string]: number | boolean | readonly string[] }>>
>;

/** One setting of a connection. Secrets are write-only and reach `render` only as references. */
export interface Setting {
  readonly key: string;
  readonly secret: boolean;
  readonly required: boolean;
  readonly type: 'string' | 'string[]';
  readonly description: string;
}

/** Settings without the secrets. */
export type PublicSettings = Readonly<Record<string, string | readonly string[]>>;
/** Secrets in clear, only for `handshake` and `verify`, which need the bytes. */
export type Secrets = Readonly<Record<string, string>>;

export type HeaderLookup = (name: string) => string | undefined;

/** Where a message goes: identifiers of the person that were kept with role `routing`, and the connection's settings. */
export interface RenderContext {
  readonly address: readonly ExposedIdentifier[];
  readonly settings: PublicSettings;
  /** Our own id of this sending of the message: random, sent along where the platform gives it back (`shared/parts.ts`). */
  readonly opaqueId: string;
  /** Platform id of the message that is quoted, reacted to or marked as read, if it is still kept. */
  readonly target?: string;
  /** Is the reply window open? */
  readonly windowOpen: boolean;
}

export interface Refusal {
  readonly refused: RefusalReason;
  /** For operators: names the limit or capability, never a value. */
  readonly detail: string;
}

export type RenderResult = { readonly requests: readonly HttpRequest[] } | Refusal;

/** How to fetch inbound media: first `locate` where needed, then the bytes. */
export interface MediaPlan {
  readonly request: HttpRequest;
  /** Present when `request` answers with a URL that must be fetched next. */
  readonly next?: (response: HttpResponse) => HttpRequest | Refusal;
}

export type CredentialCheck =
  { readonly health: 'healthy' } | { readonly health: 'unhealthy'; readonly reason: string };

/** What the platform answered when it was asked about a person. Codes are the platform's, never its words. */
export type LookUpAnswer =
  | { readonly kind: 'found'; readonly identifiers: readonly ExposedIdentifier[] }
  /** It has nothing to say of this person. */
  | { readonly kind: 'nothing'; readonly code: string }
  /** The account may not ask for this, until somebody changes that at the platform. */
  | { readonly kind: 'not-permitted'; readonly code: string }
  | { readonly kind: 'later'; readonly code: string; readonly afterMs: number };

/** How kinds that no update brings (`lookedUp` in the registry) are asked for, of one person. */
export interface LookUp {
  /** Asks for these kinds and no other; null: the person has no address by which they could be asked about. */
  request(
    kinds: readonly string[],
    of: { readonly address: readonly ExposedIdentifier[]; readonly settings: PublicSettings },
  ): HttpRequest | null;
  /** Total, like `parse`: reads these kinds and no other. */
  read(response: HttpResponse, kinds: readonly string[]): LookUpAnswer;
}

/** The adapter. `verify` has no default: it may not be left out. */
export interface ChannelAdapter {
  readonly manifest: Manifest;
  readonly capabilities: Capabilities;
  readonly identifiers: readonly IdentifierKind[];
  readonly settings: readonly Setting[];
  /** `push`: we call the platform; `pull`: the client fetches what is stored, and `render` answers no requests. */
  readonly delivery: 'push' | 'pull';
  /** Name of the setting that holds the platform's name of the account (`phoneNumberId`, `pageId`); null: none. */
  readonly accountSetting: string | null;
  /** Name of the setting that names the scope of `portfolio` identifiers; null: none. */
  readonly portfolioSetting: string | null;

  /** Answers the platform's subscription check: the body to answer with 200, or null for 403. */
  handshake(query: Readonly<Record<string, string | undefined>>, secrets: Secrets): string | null;
  /** Is the raw body signed by the holder of the secret? Constant time; false on anything missing or malformed. */
  verify(raw: Buffer, header: HeaderLookup, secrets: Secrets): boolean;
  /** Total: never throws, whatever the input; one bad item never takes its neighbours along. `now` in ms for updates without a time. */
  parse(payload: unknown, now: number): ParseResult;
  /** Outbound message → requests as data, or a typed refusal. Text beyond the limit becomes several requests. */
  render(message: OutboundContent, context: RenderContext): RenderResult;
  /** Response of a rendered request → what became of it. `attempt` counts from 1. */
  interpret(response: HttpResponse, attempt: number): SendOutcome;
  /** Request and reading that tell whether the credentials work, and are those of the account that was entered; null: nothing to check. */
  readonly check: {
    request(settings: PublicSettings): HttpRequest;
    read(response: HttpResponse, settings: PublicSettings): CredentialCheck;
  } | null;
  /** How to fetch an inbound media source; null: the channel delivers media in the request itself. */
  readonly media:
    | ((source: { readonly id: string } | { readonly url: string }, settings: PublicSettings) => MediaPlan | Refusal)
    | null;
  /**
   * Where nothing of ours comes back: the text by which the echo of a request is known; null: it has none. Left out: what the platform
   * tells of a message names our own id.
   */
  readonly echoText?: (request: HttpRequest) => string | null;
  /** What staff writes in another app is told apart from what we send: it has a place of its own. Left out: an echo may be of either. */
  readonly echoesApart?: true;
  /** Left out: nothing can be looked up on this channel. */
  readonly lookUp?: LookUp;
}

export type { ChannelEvent, ParseResult };
