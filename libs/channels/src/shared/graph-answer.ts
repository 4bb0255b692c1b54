// Reading an answer of Meta's Graph API: which codes mean what is data of the channel, the reading is the same for all.
import { personal, type HttpResponse, type PlatformError, type RefusalReason, type SendOutcome } from '#libs/kernel';
import { fields, items, number, type Fields } from './read.js';

/** What an error code means. `growth` multiplies the wait with every further attempt. */
export type Verdict =
  | { readonly kind: 'retry'; readonly attempts: number }
  | {
      readonly kind: 'throttled';
      readonly scope: 'pair' | 'connection';
      readonly afterMs: number;
      readonly growth: number;
    }
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  | { readonly kind: 'stopped'; readonly reason: 'credentials' | 'restricted' };

/** One row of a channel's error table: these codes, or these codes with this subcode, mean that. */
export interface ErrorRow {
  readonly codes: readonly number[];
  /** All codes from the first to the last. */
  readonly range?: readonly [number, number];
  readonly subcode?: number;
  readonly means: Verdict;
}

/** Rows made ready for look-up; a row with a subcode goes before one without. */
export type ErrorTable = (error: PlatformError) => Verdict | undefined;

export function errorTable(rows: readonly ErrorRow[]): ErrorTable {
  const exact = new Map(rows.flatMap((row) => row.codes.map((code) => [keyOf(code, row.subcode), row.means] as const)));
  const ranges = rows.flatMap((row) => (row.range ? [{ span: row.range, means: row.means }] : []));
  return ({ code, subcode }) =>
    exact.get(keyOf(code, subcode)) ??
    exact.get(keyOf(code)) ??
    ranges.find(({ span }) => code >= span[0] && code <= span[1])?.means;
}

const keyOf = (code: number, subcode?: number): string => (subcode === undefined ? `${code}` : `${code}/${subcode}`);

/** `errors[]` of an update, or the one `error` of an answer: codes only, because titles may quote the person. */
export function platformErrors(value: unknown): readonly PlatformError[] {
  return items(value).flatMap((item) => platformError(fields(item)) ?? []);
}

function platformError(error: Fields): PlatformError | undefined {
  const code = number(error['code']);
  const subcode = number(error['error_subcode']);
  if (code === undefined) return undefined;
  return subcode === undefined ? { code } : { code, subcode };
}

export interface Reading {
  readonly table: ErrorTable;
  /** The platform's id of the accepted message, from the body of a 2xx answer. */
  readonly messageId: (body: Fields) => string | undefined;
}

const RETRIES = 5;
const MINUTE_MS = 60_000;
const LONGEST_WAIT_MS = 6 * 60 * MINUTE_MS;

/** Answer of the Graph API → what became of the message. Unknown codes: 5xx and `is_transient` are tried again, the rest is refused. */
export function readGraphAnswer(response: HttpResponse, attempt: number, reading: Reading): SendOutcome {
  if (response.kind === 'failed') {
    return response.reason === 'forbidden-host'
      ? { kind: 'stopped', code: response.reason, reason: 'restricted' }
      : { kind: 'retry', code: response.reason, attempts: RETRIES };
  }
  const body = fields(response.json);
  const details = fields(body['error']);
  const error = platformError(details);
  if (!error && response.status >= 200 && response.status < 300) {
    const id = reading.messageId(body);
    return { kind: 'accepted', messageId: id === undefined ? null : personal(id) };
  }
  const code = error ? keyOf(error.code, error.subcode) : `http-${response.status}`;
  const verdict = (error && reading.table(error)) ?? byStatus(response.status, details['is_transient'] === true);
  return outcome(verdict, code, { attempt, retryAfterMs: retryAfterMs(response.headers) });
}

function byStatus(status: number, transient: boolean): Verdict {
  if (transient || status >= 500 || status === 408 || status < 400) return { kind: 'retry', attempts: RETRIES };
  if (status === 429) return { kind: 'throttled', scope: 'connection', afterMs: MINUTE_MS, growth: 2 };
  if (status === 401 || status === 403) return { kind: 'stopped', reason: 'credentials' };
  return { kind: 'refused', reason: 'content' };
}

function outcome(
  verdict: Verdict,
  code: string,
  { attempt, retryAfterMs }: { readonly attempt: number; readonly retryAfterMs: number },
): SendOutcome {
  if (verdict.kind !== 'throttled') return { ...verdict, code };
  const grown = verdict.afterMs * verdict.growth ** Math.max(0, attempt - 1);
  const afterMs = Math.max(Math.min(grown, LONGEST_WAIT_MS), verdict.afterMs, retryAfterMs);
  return { kind: 'throttled', code, scope: verdict.scope, afterMs };
}

function retryAfterMs(headers: Readonly<Record<string, string>>): number {
  const seconds = number(headers['retry-after']) ?? 0;
  return Math.min(Math.max(seconds, 0) * 1000, LONGEST_WAIT_MS);
}
