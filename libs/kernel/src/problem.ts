// The catalogue of refusals: every error that leaves the gateway is one of these, as RFC 9457 problem details.

/** type → [HTTP status, title]. The type becomes `/problems/<type>`. */
export const PROBLEMS = {
  'invalid-input': [400, 'The request is not valid.'],
  unauthorised: [401, 'A valid credential is needed.'],
  'bad-signature': [401, 'The signature does not fit.'],
  forbidden: [403, 'This credential does not allow that.'],
  'not-found': [404, 'There is no such thing here.'],
  'method-not-allowed': [405, 'That method is not offered here.'],
  conflict: [409, 'The present state does not allow that.'],
  restricted: [409, 'The processing of this data is restricted (Art. 18 GDPR).'],
  gone: [410, 'It is no longer there.'],
  'too-large': [413, 'The body is larger than allowed.'],
  'unsupported-media-type': [415, 'That content type is not understood here.'],
  'not-instructed': [403, "The controller's instructions do not provide for that."],
  'purpose-required': [400, 'State the purpose of the access.'],
  'not-implemented': [501, 'That is not offered.'],
  'too-many-requests': [429, 'Too many requests.'],
  internal: [500, 'Something failed on our side.'],
  unavailable: [503, 'The service cannot answer at the moment.'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemType = keyof typeof PROBLEMS;

/** One thing wrong with the input. `detail` never quotes the input. */
export interface InputError {
  readonly path: string;
  readonly detail: string;
  /** Of a text: where it stands, counted from 1. */
  readonly line?: number;
  readonly column?: number;
}

/** Thrown at the HTTP edge; becomes application/problem+json. `detail` must not contain personal data. */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;

  constructor(
    readonly type: ProblemType,
    readonly detail?: string,
    readonly extension: { readonly errors?: readonly InputError[]; readonly retryAfterSeconds?: number } = {},
  ) {
    super(type);
    this.name = 'Problem';
    [this.status, this.title] = PROBLEMS[type];
  }

  body(): Record<string, unknown> {
    return {
      type: `/problems/${this.type}`,
      title: this.title,
      status: this.status,
      ...(this.detail ? { detail: this.detail } : {}),
      ...(this.extension.errors ? { errors: this.extension.errors } : {}),
    };
  }
}
