// The User Profile API of Meta's messengers: asks for the fields that are instructed, for no other, and reads the answer.
import { reveal, type ExposedIdentifier, type HttpRequest, type HttpResponse, type IdentifierKind } from '#libs/kernel';
import type { LookUp, LookUpAnswer, PublicSettings } from '../../contract.js';
import { expose, place, type Exposures } from '../exposures.js';
import { readGraphAnswer } from '../graph-answer.js';
import { fields, text } from '../read.js';
import { segment } from '../segment.js';
import { errors } from './errors.js';

const AT = 'profile-api:';

export interface LookUpOf {
  /** The kind by which a person is asked about. */
  readonly handle: string;
  readonly kinds: readonly IdentifierKind[];
  readonly baseOf: (settings: PublicSettings) => NonNullable<HttpRequest['base']>;
  /** Errors, as code or code/subcode, by which the platform has nothing to say of this person. */
  readonly nothing: ReadonlySet<string>;
}

type Asked = readonly (readonly [kind: string, field: string])[];

/** The access token has expired: nobody's fault, and soon mended. */
const TOKEN: ReadonlySet<string> = new Set(['102', '190']);
const LATER_MS = 60_000;

/** Whether somebody follows is yes or no. */
const valueOf = (value: unknown): unknown => (typeof value === 'boolean' ? String(value) : value);

function found(response: HttpResponse, asked: Asked): readonly ExposedIdentifier[] {
  const answer = fields(response.kind === 'answered' ? response.json : undefined);
  const into: Exposures = [];
  for (const [kind, field] of asked) expose(into, place(kind, `${AT}${field}`), valueOf(answer[field]));
  return into;
}

export function lookUpOf({ handle, kinds: registry, baseOf, nothing }: LookUpOf): LookUp {
  /** Field of the API by kind, from the registry's own paths. */
  const known = new Map(
    registry.filter(({ lookedUp }) => lookedUp).flatMap(({ key, paths }) =>
      paths.filter((path) => path.startsWith(AT)).map((path) => [key, path.slice(AT.length)] as const)),
  ); // prettier-ignore
  const fieldsOf = (kinds: readonly string[]): Asked =>
    kinds.flatMap((kind) => (known.has(kind) ? [[kind, known.get(kind)!] as const] : []));
  return {
    request(kinds, { address, settings }): HttpRequest | null {
      const person = address.find(({ key }) => key === handle);
      const wanted = fieldsOf(kinds).map(([, field]) => field);
      if (!person || wanted.length === 0) return null;
      return {
        method: 'GET',
        base: baseOf(settings),
        url: `/${segment(reveal(person.value))}`,
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
          return { kind: 'found', identifiers: found(response, fieldsOf(kinds)) };
        case 'retry':
          return { kind: 'later', code: outcome.code, afterMs: LATER_MS };
        case 'throttled':
          return { kind: 'later', code: outcome.code, afterMs: outcome.afterMs };
        case 'stopped':
          if (nothing.has(outcome.code)) return { kind: 'nothing', code: outcome.code };
          return TOKEN.has(outcome.code.split('/')[0]!)
            ? { kind: 'later', code: outcome.code, afterMs: LATER_MS }
            : { kind: 'not-permitted', code: outcome.code };
        case 'refused': // above all 100/2018247: one field that was not approved fails the whole call
          return { kind: nothing.has(outcome.code) ? 'nothing' : 'not-permitted', code: outcome.code };
      }
    },
  };
}
