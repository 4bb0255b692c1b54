// Do the page's credentials work? Asks for the page's own name and reads the answer.
import type { HttpRequest, HttpResponse } from '#libs/kernel';
import type { CredentialCheck, PublicSettings } from '../contract.js';
import { platformErrors } from '../shared/graph-answer.js';
import { fields, text } from '../shared/read.js';

export const check = {
  request: (settings: PublicSettings): HttpRequest => ({
    method: 'GET',
    base: 'meta-graph',
    url: `/${encodeURIComponent(String(settings['pageId']))}`,
    query: { fields: 'id,name' },
    bearer: { secret: 'accessToken' },
    expect: 'json',
    timeoutMs: 10_000,
    maxBytes: 65_536,
  }),

  /** Reasons are sentences for operators; they name codes, nothing of the answer's text. */
  read(response: HttpResponse): CredentialCheck {
    if (response.kind === 'failed') return unhealthy(`Meta could not be asked: ${response.reason}.`);
    const body = fields(response.json);
    const [error] = platformErrors([body['error']]);
    if (error) return unhealthy(`Meta refused the page id or the access token: error ${error.code}.`);
    if (response.status < 200 || response.status > 299) return unhealthy(`Meta answered ${response.status}.`);
    return text(body['id']) === undefined ? unhealthy('Meta answered without a page.') : { health: 'healthy' };
  },
};

const unhealthy = (reason: string): CredentialCheck => ({ health: 'unhealthy', reason });
