// Fetching what people sent: an id is asked for its URL, the URL is fetched within five minutes.
import type { HttpRequest, HttpResponse } from '#libs/kernel';
import type { MediaPlan, PublicSettings, Refusal } from '../contract.js';
import { fields, number, text } from '../shared/read.js';
import { segment } from '../shared/segment.js';
import { manifest } from './manifest.js';

const TIMEOUT_MS = 60_000;
const LARGEST = Math.max(...Object.values(manifest.maxMedia));

/** Of an id that the Graph API does not know, or that this token may not see. */
const NO_SUCH_OBJECT = 100;

type Source = { readonly id: string } | { readonly url: string };

export function media(source: Source, settings: PublicSettings): MediaPlan | Refusal {
  if ('url' in source) {
    const request = download(source.url);
    return 'refused' in request ? request : { request };
  }
  return {
    request: {
      method: 'GET',
      url: `/${segment(source.id)}`,
      base: 'meta-graph',
      query: { phone_number_id: String(settings['phoneNumberId']) },
      bearer: { secret: 'accessToken' },
      expect: 'json',
      timeoutMs: 15_000,
      maxBytes: 64 * 1024,
    },
    next: locate,
  };
}

function locate(response: HttpResponse): HttpRequest | Refusal {
  const lost = { refused: 'information-lost', detail: 'the platform no longer has this file' } as const;
  if (response.kind === 'failed')
    return { refused: 'content', detail: `the platform could not be asked (${response.reason})` };
  const answer = fields(response.json);
  const isUnknown = response.status === 404 || number(fields(answer['error'])['code']) === NO_SUCH_OBJECT;
  if (isUnknown) return lost;
  if (response.status !== 200) return { refused: 'content', detail: 'the platform did not say where the file is' };
  const url = text(answer['url']);
  return url === undefined ? lost : download(url);
}

/**
 * The token goes along, so only to Meta: hosts of the manifest, by https; or a path beneath the configured Graph API, which is
 * what a stand-in for it answers.
 */
function download(url: string): HttpRequest | Refusal {
  const shared = {
    method: 'GET',
    bearer: { secret: 'accessToken' },
    expect: 'bytes',
    timeoutMs: TIMEOUT_MS,
    maxBytes: LARGEST,
  } as const;
  if (/^\/[^/\\]/.test(url)) return { ...shared, url, base: 'meta-graph' };
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed?.protocol !== 'https:' || parsed.port !== '' || !manifest.hosts.includes(parsed.hostname)) {
    return { refused: 'content', detail: 'the file is not on a host of the platform' };
  }
  return { ...shared, url: parsed.href };
}
