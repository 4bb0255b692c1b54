// Do the credentials work, and are they this number's? A number is shown only to a token that was given its account (else 100/33), and
// its `health_status` names that account (WhatsApp, Messaging health status).
import type { HttpResponse } from '#libs/kernel';
import type { ChannelAdapter, CredentialCheck, PublicSettings } from '../contract.js';
import { platformErrors } from '../shared/graph-answer.js';
import { fields, items, text, type Fields } from '../shared/read.js';
import { errors } from './errors.js';

const unhealthy = (reason: string): CredentialCheck => ({ health: 'unhealthy', reason });

/** Never quotes Meta's text: it may contain the token. */
function read(response: HttpResponse, { businessAccountId }: PublicSettings): CredentialCheck {
  if (response.kind === 'failed') return unhealthy(`Meta could not be reached (${response.reason}).`);
  const body = fields(response.json);
  const [error] = platformErrors([body['error']]);
  if (error) return unhealthy(describe(error.code, error.subcode));
  if (response.status < 200 || response.status > 299)
    return unhealthy(`Meta answered with HTTP status ${response.status}.`);
  if (text(body['id']) === undefined) return unhealthy('Meta did not name the phone number in its answer.');
  const holder = holderIn(body);
  if (holder !== undefined && holder !== businessAccountId)
    return unhealthy('The phone number is held by another WhatsApp Business Account than the one that was entered.');
  return { health: 'healthy' };
}

function describe(code: number, subcode: number | undefined): string {
  if (code === 190) return 'The access token is not valid, or it has expired (code 190).';
  if (code === 100 || code === 33)
    return `The phone number id does not exist, or this token may not see it (code ${code}).`;
  const means = errors({ code, ...(subcode === undefined ? {} : { subcode }) });
  if (means?.kind === 'stopped') {
    return means.reason === 'restricted'
      ? `Meta has restricted the account (code ${code}).`
      : `The token lacks a permission that is needed (code ${code}).`;
  }
  if (means?.kind === 'throttled') return `Meta asks for fewer calls at the moment (code ${code}).`;
  return `Meta refused the check (code ${code}).`;
}

/** The account that holds the number; undefined where Meta does not say. */
const holderIn = (body: Fields): string | undefined =>
  items(fields(body['health_status'])['entities'])
    .map(fields)
    .filter((entity) => entity['entity_type'] === 'WABA')
    .map((entity) => text(entity['id']))[0];

export const check: NonNullable<ChannelAdapter['check']> = {
  request: ({ phoneNumberId }) => ({
    method: 'GET',
    url: `/${encodeURIComponent(String(phoneNumberId))}`,
    base: 'meta-graph',
    query: { fields: 'id,verified_name,display_phone_number,code_verification_status,quality_rating,health_status' },
    bearer: { secret: 'accessToken' },
    expect: 'json',
    timeoutMs: 10_000,
    maxBytes: 64 * 1024,
  }),
  read,
};
