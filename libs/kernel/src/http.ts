// An HTTP request as data: pure code describes it, the egress client performs it.

/** A secret is named, not carried: the egress client fetches it from the vault when it sends. */
export interface SecretRef {
  readonly secret: string;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Absolute URL, or a path beneath the platform's base URL when `base` is given. */
  readonly url: string;
  /** Name of a configured base URL: Meta's API, or the host that it has for Instagram Login. */
  readonly base?: 'meta-graph' | 'instagram-graph';
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly bearer?: SecretRef;
  readonly json?: unknown;
  /** Exact text to send instead of `json`, where a signature covers the bytes. */
  readonly body?: { readonly contentType: string; readonly text: string };
  readonly expect: 'json' | 'bytes' | 'none';
  /** Longest wait in ms. */
  readonly timeoutMs: number;
  /** Largest answer that is read, in bytes. */
  readonly maxBytes: number;
}

/** The answer as data. `json` is undefined when the body was not JSON. Network failures are `kind: 'failed'`. */
export type HttpResponse =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly json?: unknown;
      readonly bytes?: Buffer;
    }
  | {
      readonly kind: 'failed';
      /** `unreachable` and `forbidden-host`: no connection was made, so nothing was sent. Of `network` it is not known. */
      readonly reason: 'timeout' | 'network' | 'unreachable' | 'too-large' | 'forbidden-host';
    };
