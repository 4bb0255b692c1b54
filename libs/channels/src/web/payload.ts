// What the Direct Line surface hands to the adapter: one activity of the browser, with what the connection itself exposed.

/** A file that came with the activity. Its bytes travel beside the payload, under the same id. */
export interface WebUpload {
  readonly id: string;
  readonly mime: string;
  readonly name?: string;
}

/** What HTTP tells about a person whether they want it or not. In memory only, until instructions decide. */
export interface WebTransport {
  readonly ip?: string;
  readonly userAgent?: string;
  readonly acceptLanguage?: string;
  readonly referer?: string;
  readonly origin?: string;
  /** The browser sent `Sec-GPC: 1`. */
  readonly gpc?: true;
  /** `sec-ch-*` headers by name. */
  readonly clientHints?: Readonly<Record<string, string>>;
}

/** Input of `parse`. Ids come from the session and from us, never from the activity, which the browser may fill as it likes. */
export interface WebPayload {
  readonly activity: unknown;
  readonly transport: WebTransport;
  /** Random UUID, made when the token was; nothing is stored under it before the person writes. */
  readonly conversationId: string;
  /** `dl_` and a random part, from the token. */
  readonly visitorId: string;
  /** Our id of this activity: UUID version 7. */
  readonly activityId: string;
  readonly uploads?: readonly WebUpload[];
}
