// The User Profile API: asks for the fields that are instructed, for no other, and reads the answer.
import { reveal, type ExposedIdentifier, type HttpRequest, type HttpResponse } from '#libs/kernel';
import type { LookUp, LookUpAnswer } from '../contract.js';
import { readGraphAnswer } from '../shared/graph-answer.js';
import { expose, place, type Exposures } from '../shared/exposures.js';
import { fields, text } from '../shared/read.js';
import { errors } from '../shared/meta/errors.js';
import { identifiers } from './identifiers.js';

const AT = 'profile-api:';

/** Field of the API by kind, from the registry's own paths. */
const FIELDS: ReadonlyMap<string, string> = new Map(
  identifiers.filter(({ lookedUp }) => lookedUp).flatMap(({ key, paths }) =>
    paths.filter((path) => path.startsWith(AT)).map((path) => [key, path.slice(AT.length)] as const)),
); // prettier-ignore

/** Messenger Platform, User Profile API: accounts made with a phone number have no profile (2018218). Nobody answers to the id: 33, 2018001. */
const NO_PROFILE: ReadonlySet<string> = new Set(['100/2018218', '100/33', '100/2018001']);
/** The access token has expired: nobody's fault, and soon mended. */
const TOKEN: ReadonlySet<string> = new Set(['102', '190']);
const LATER_MS = 60_000;

const fieldsOf = (kinds: readonly string[]): readonly (readonly [kind: string, field: string])[] =>
  kinds.flatMap((kind) => (FIELDS.has(kind) ? [[kind, FIELDS.get(kind)!] as const] : []));

export const lookUp: LookUp = {
  request(kinds, { address }): HttpRequest | null {
    const psid = address.find(({ key }) => key === 'psid');
    const wanted = fieldsOf(kinds).map(([, field]) => field);
    if (!psid || wanted.length === 0) return null;
    return {
      method: 'GET',
      base: 'meta-graph',
      url: `/${encodeURIComponent(reveal(psid.value))}`,
      query: { fields: wanted.join(',') },
      bearer: { secret: 'accessToken' },
      expect: 'json',
      timeoutMs: 10_000,
      maxBytes: 65_536,
    };
  },

  read(response: HttpResponse, kinds: readonly string[]): LookUpAnswer {
    const outcome = readGraphAnswer(response, 1, { table: errors, messageId: (body) => text(body['id']) });
    switch (outcome.kind) {
      case 'accepted':
        return { kind: 'found', identifiers: found(response, kinds) };
      case 'retry':
        return { kind: 'later', code: outcome.code, afterMs: LATER_MS };
      case 'throttled':
        return { kind: 'later', code: outcome.code, afterMs: outcome.afterMs };
      case 'stopped':
        return TOKEN.has(outcome.code.split('/')[0]!)
          ? { kind: 'later', code: outcome.code, afterMs: LATER_MS }
          : { kind: 'not-permitted', code: outcome.code };
      case 'refused': // above all 100/2018247: one field that was not approved fails the whole call
        return { kind: NO_PROFILE.has(outcome.code) ? 'nothing' : 'not-permitted', code: outcome.code };
    }
  },
};

function found(response: HttpResponse, kinds: readonly string[]): readonly ExposedIdentifier[] {
  const answer = fields(response.kind === 'answered' ? response.json : undefined);
  const into: Exposures = [];
  for (const [kind, field] of fieldsOf(kinds)) expose(into, place(kind, `${AT}${field}`), answer[field]);
  return into;
}
