// How an attachment is fetched: the signed URL of Meta's content network, and nothing that merely claims to be one.
import type { MediaPlan, Refusal } from '../../contract.js';

const MiB = 1024 * 1024;

/** The upload pages' limit (Messenger 22 April 2026, Instagram 1 April 2026); none is printed of what people send. */
export const MOST_BYTES = 25 * MiB;

/** Of webhooks; none is printed for these two, WhatsApp's is taken. */
export const BODY_LIMIT = 3 * MiB;

/**
 * The URL is its own credential: no token goes with it. People's attachments are named by URL only; Meta serves them from hosts beneath
 * these domains, nothing else is fetched.
 */
export const mediaFrom =
  (suffixes: readonly string[]) =>
  (source: { readonly id: string } | { readonly url: string }): MediaPlan | Refusal => {
    if (!('url' in source)) return { refused: 'unsupported', detail: 'attachments are fetched by URL' };
    if (!isBeneath(suffixes, source.url)) {
      return { refused: 'content', detail: "the URL is not on Meta's content network" };
    }
    return {
      request: { method: 'GET', url: source.url, expect: 'bytes', timeoutMs: 30_000, maxBytes: MOST_BYTES },
    };
  };

function isBeneath(suffixes: readonly string[], url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, port, username, password } = new URL(url);
  const plain = protocol === 'https:' && port === '' && username === '' && password === '';
  return plain && suffixes.some((suffix) => hostname.endsWith(suffix));
}
