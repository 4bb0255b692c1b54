// The vocabulary of the fake: what can be set, what is recorded, what is sent out.

/** Where webhooks go. A target that names an account gets only what concerns that phone number, page or Instagram account. */
export interface WebhookTarget {
  readonly url: string;
  readonly account?: string;
  /** App secret by which this target verifies; the fake's own when absent. */
  readonly appSecret?: string;
}

/** In which order status webhooks come: `early` before the answer to the send call, `twice` each of them repeated. */
export type StatusOrder = 'normal' | 'shuffled' | 'early' | 'twice' | 'none';

/**
 * What befalls the next send calls: an error by its code, a connection that breaks before or after the message
 * was accepted, or no answer at all.
 */
export type Fault =
  | { readonly kind: 'error'; readonly code: number; readonly subcode?: number; readonly times?: number }
  | { readonly kind: 'disconnect' | 'disconnect-after-accept' | 'hang'; readonly times?: number };

export interface Template {
  readonly name: string;
  readonly language: string;
  readonly category?: 'UTILITY' | 'MARKETING' | 'AUTHENTICATION';
}

/** Everything that can be set, at start or later through `/__fake/behaviour`. Times in ms. */
export interface Behaviour {
  readonly statuses: StatusOrder;
  /** How far a delivered message gets. */
  readonly reach: 'sent' | 'delivered' | 'read';
  readonly statusDelayMs: number;
  /** Seed of the shuffle: the same seed gives the same order. */
  readonly seed: number;
  /** Accepted bearer tokens; null accepts any that is not empty. */
  readonly tokens: readonly string[] | null;
  /** Existing phone-number ids, page ids and Instagram accounts; null: every id exists. */
  readonly accounts: readonly string[] | null;
  /** Phone-number id → the WhatsApp Business Account that holds it; of a number that is not listed nobody is told. */
  readonly businessAccounts: Readonly<Record<string, string>>;
  /** Numbers, BSUIDs, PSIDs and IGSIDs that nobody has: 131026, or 100/2018001 on Messenger, 100/2534014 on Instagram. */
  readonly unknownRecipients: readonly string[];
  /** An app in development may write only to these: others 131030. Null: a live app. */
  readonly allowedRecipients: readonly string[] | null;
  /** People who stopped marketing messages: 131050 for marketing templates. */
  readonly optedOut: readonly string[];
  /** `told`: closed only for people whose last message the fake knows and is too old; `strict`: also for people it never heard of. */
  readonly window: 'off' | 'told' | 'strict';
  readonly windowMs: number;
  /** Templates that exist; null: every template exists. */
  readonly templates: readonly Template[] | null;
  /** Messages per second and number (130429). */
  readonly perSecond: number;
  /** Messages to one person: `burst` at once, then one per `everyMs` (131056). Null: no limit. */
  readonly pair: { readonly burst: number; readonly everyMs: number } | null;
  /** Codes that come as a `failed` status after an accepted send, not as an answer. */
  readonly lateErrors: readonly number[];
  readonly faults: readonly Fault[];
  /** Messenger: fields of people's profiles that the app was approved for; another one fails the whole call with 100/2018247. */
  readonly profileFields: readonly string[];
  /** Messenger: people whose accounts were made with a phone number: 100/2018218, no profile. */
  readonly phoneOnly: readonly string[];
  /** Messenger: what befalls the next calls about people's profiles. */
  readonly profileFaults: readonly Fault[];
  /** Time that a call takes from its effect to its answer. */
  readonly latencyMs: number;
  /** Messenger and Instagram: sends echoes of what was sent. */
  readonly echoes: boolean;
  /** The app id that echoes carry. */
  readonly appId: string;
  /** People hide their numbers: statuses come without `recipient_id` and `wa_id`. */
  readonly hideNumbers: boolean;
  readonly mediaUrlTtlMs: number;
  /** How often an unanswered or refused webhook is sent again. */
  readonly webhookRetries: number;
  readonly webhookRetryMs: number;
}

/** One call to the Graph API, as it was answered. */
export interface Call {
  readonly at: number;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
  readonly status: number;
  readonly answer: unknown;
  /** What the real API would not tell: that an accepted message goes nowhere. */
  readonly note?: string;
}

/** One webhook that the fake sent. `status` is the HTTP status, or 0 when nobody answered. */
export interface Delivery {
  readonly at: number;
  readonly url: string;
  readonly status: number;
  readonly attempt: number;
  readonly payload: unknown;
}

/** A person of WhatsApp, as far as the fake knows them. */
export interface WhatsAppPerson {
  readonly phone?: string;
  readonly bsuid?: string;
  readonly name?: string;
  readonly username?: string;
}

/** A person of one of the three products, by the ids that it has for them. */
export interface Person extends WhatsAppPerson {
  readonly psid?: string;
  readonly igsid?: string;
}

/** A message of a person to the business: Messenger when `from` has a PSID, Instagram when it has an IGSID, else WhatsApp. */
export interface Inbound {
  /** Phone-number id, page id or Instagram account that is written to. */
  readonly account: string;
  /** WhatsApp business account id. */
  readonly businessAccount?: string;
  readonly from: Person;
  readonly text?: string;
  /** A whole message object in the platform's own shape, without id and sender, instead of `text`. */
  readonly message?: Readonly<Record<string, unknown>>;
}
