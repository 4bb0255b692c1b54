// Answers of the messages endpoint, and of the check of the credentials.
import type { HttpResponse, SendOutcome } from '#libs/kernel';
import type { CredentialCheck } from '../contract.js';
import { platformErrors, readGraphAnswer, type Reading } from '../shared/graph-answer.js';
import { fields, items, text } from '../shared/read.js';
import { errors } from './errors.js';

const READING: Reading = {
  table: errors,
  messageId: (body) => text(fields(items(body['messages'])[0])['id']),
};

export const interpret = (response: HttpResponse, attempt: number): SendOutcome =>
  readGraphAnswer(response, attempt, READING);

const unhealthy = (reason: string): CredentialCheck => ({ health: 'unhealthy', reason });

/** Never quotes Meta's text: it may contain the token. */
export function readCheck(response: HttpResponse): CredentialCheck {
  if (response.kind === 'failed') return unhealthy(`Meta could not be reached (${response.reason}).`);
  const body = fields(response.json);
  const [error] = platformErrors([body['error']]);
  if (error) return unhealthy(describe(error.code, error.subcode));
  if (response.status < 200 || response.status > 299)
    return unhealthy(`Meta answered with HTTP status ${response.status}.`);
  return text(body['id']) === undefined
    ? unhealthy('Meta did not name the phone number in its answer.')
    : { health: 'healthy' };
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
