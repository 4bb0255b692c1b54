// One file, asked for where the platform keeps it: had, to be asked for again, gone there, or not to be had from there at all.
import type { ChannelAdapter } from '#libs/channels';
import type { Content, HttpRequest, HttpResponse } from '#libs/kernel';

export type Media = Extract<Content, { type: 'media' }>;

export type Fetched =
  | { readonly kind: 'had'; readonly bytes: Buffer }
  | { readonly kind: 'later'; readonly code: string; readonly afterMs: number }
  /** The platform says that it does not have it, and may be wrong. */
  | { readonly kind: 'gone'; readonly code: string }
  /** Too large, or not where the platform keeps files: asking once more changes nothing. */
  | { readonly kind: 'refused' };

export interface FetchAt {
  readonly adapter: ChannelAdapter;
  readonly settings: Parameters<NonNullable<ChannelAdapter['media']>>[1];
  readonly send: (request: HttpRequest) => Promise<HttpResponse>;
  /** Counts from 1. */
  readonly attempt: number;
  readonly maxBytes: number;
}

const REFUSED: Fetched = { kind: 'refused' };
const NOT_FOUND = 404;

/** Without a token only the address can be what is wrong. */
function failed(response: HttpResponse, of: { request: HttpRequest; at: FetchAt }): Fetched {
  const { adapter, attempt } = of.at;
  if (response.kind === 'failed' && (response.reason === 'forbidden-host' || response.reason === 'too-large'))
    return REFUSED;
  const outcome = adapter.interpret(response, attempt);
  const code = outcome.kind === 'accepted' ? 'no-file' : outcome.code;
  if (outcome.kind === 'throttled') return { kind: 'later', code, afterMs: outcome.afterMs };
  if (outcome.kind === 'retry' || (outcome.kind === 'stopped' && of.request.bearer))
    return { kind: 'later', code, afterMs: 0 };
  return { kind: 'gone', code };
}

const isTaken = (response: HttpResponse): boolean => response.kind === 'answered' && response.status < 300;

export async function fetchFile(media: Media, at: FetchAt, again = true): Promise<Fetched> {
  const plan = at.adapter.media?.(media.source, at.settings);
  if (!plan || 'refused' in plan) return REFUSED;
  // The limit is of the file: the answer that only says where it is may be longer than a small file may be.
  let request: HttpRequest = plan.next ? plan.request : bounded(plan.request, at.maxBytes);
  let response = await at.send(request);
  if (plan.next && response.kind === 'answered') {
    const next = plan.next(response);
    if ('refused' in next) {
      if (next.refused === 'information-lost') return { kind: 'gone', code: next.refused };
      return isTaken(response) ? REFUSED : failed(response, { request, at });
    }
    request = bounded(next, at.maxBytes);
    response = await at.send(request);
    // An address is good for minutes: the platform is asked for another.
    if (again && response.kind === 'answered' && response.status === NOT_FOUND) return fetchFile(media, at, false);
  }
  if (response.kind === 'answered' && isTaken(response) && response.bytes)
    return { kind: 'had', bytes: response.bytes };
  return failed(response, { request, at });
}

const bounded = (request: HttpRequest, maxBytes: number): HttpRequest => ({
  ...request,
  maxBytes: Math.min(request.maxBytes, maxBytes),
});
