// How an attachment is fetched: the signed URL of Meta's CDN, and nothing that merely claims to be one.
import type { MediaPlan, Refusal } from '../contract.js';
import { manifest, MEDIA_HOST_SUFFIXES } from './manifest.js';

/** The URL is its own credential: no token goes with it. Messenger names attachments of people by URL only. */
export function media(source: { readonly id: string } | { readonly url: string }): MediaPlan | Refusal {
  if (!('url' in source)) return { refused: 'unsupported', detail: 'attachments are fetched by URL' };
  if (!isMetaCdn(source.url)) return { refused: 'content', detail: "the URL is not on Meta's content network" };
  return {
    request: {
      method: 'GET',
      url: source.url,
      expect: 'bytes',
      timeoutMs: 30_000,
      maxBytes: Math.max(...Object.values(manifest.maxMedia)),
    },
  };
}

function isMetaCdn(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, port, username, password } = new URL(url);
  const plain = protocol === 'https:' && port === '' && username === '' && password === '';
  return plain && MEDIA_HOST_SUFFIXES.some((suffix) => hostname.endsWith(suffix));
}
