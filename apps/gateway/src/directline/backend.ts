// The port behind the Direct Line surface: what it needs of the pipeline and the store, and nothing more.
import type { Activity, WebPayload } from '#libs/channels';

/** A website that may open the chat. */
export interface SiteConnection {
  readonly tenantId: string;
  readonly connectionId: string;
  /** Origins as the browser names them: `https://www.example.com`. */
  readonly origins: readonly string[];
}

/** A file that came with an activity; `payload.uploads` describes it under the same id. */
export interface Upload {
  readonly id: string;
  readonly mime: string;
  readonly bytes: Buffer;
}

export type Received =
  /** Durable, or already there: `activityId` is the id under which the feed shows the message. */
  | { readonly kind: 'accepted'; readonly activityId: string }
  /** Instructions do not provide for it: nothing was kept. */
  | { readonly kind: 'refused' };

export interface FeedRequest {
  readonly tenantId: string;
  readonly connectionId: string;
  readonly conversationId: string;
  /** A watermark of an earlier answer; null: from the beginning. One that was never given reads from the beginning. */
  readonly after: string | null;
  /** Most rows of the conversation to look at; what shows nothing is one, too. */
  readonly limit: number;
  /** The client itself says that it has what came before. */
  readonly fetched?: boolean;
}

export interface Feed {
  /** In the order of the conversation; none only at its end. `from.id` of the visitor's own ones is filled in by the surface. */
  readonly activities: readonly Activity[];
  /** Grows with every row, opaque to clients; the one given when there is nothing new; '' when there is nothing at all. */
  readonly watermark: string;
  /** What comes after the watermark may be there already. */
  readonly more: boolean;
}

export interface DirectLineBackend {
  /** 32 random bytes, the same in every process: session tokens and stream tickets are made with keys derived from it. */
  readonly tokenKey: Uint8Array;
  /** Asked with every new token; null: no such site key. */
  connectionBySiteKey(siteKey: string): Promise<SiteConnection | null>;
  /** Asked with every call of a session, so it should answer from memory; null: gone. */
  connection(connectionId: string): Promise<SiteConnection | null>;
  /**
   * The intake. Resolves when the message is durable (its files too, as far as instructions keep them). `payload` is what the
   * adapter's `parse` takes. @throws Problem, which becomes the answer; anything else becomes 503.
   */
  receive(connectionId: string, payload: WebPayload, uploads: readonly Upload[]): Promise<Received>;
  /** What the conversation has after a watermark; empty for one that has not begun. */
  feed(request: FeedRequest): Promise<Feed>;
  /** Calls when the conversation may have new activities, from whichever process; answers how to stop that. */
  subscribe(conversationId: string, onNew: () => void): () => void;
  /** Uses a stream ticket up: true the first time, false ever after, whichever process asks. May be forgotten after `until`. */
  spend(ticketId: string, until: Date): Promise<boolean>;
}
