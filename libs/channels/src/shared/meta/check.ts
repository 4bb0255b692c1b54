// Do an account's credentials work? Asks for the account's own name and reads the answer.
import type { HttpRequest, HttpResponse } from '#libs/kernel';
import type { ChannelAdapter, CredentialCheck, PublicSettings } from '../../contract.js';
import { platformErrors } from '../graph-answer.js';
import { fields, text } from '../read.js';

export interface Asked {
  readonly at: (settings: PublicSettings) => Pick<HttpRequest, 'base' | 'url'>;
  /** Whom the answer has to be about, where any token may ask; left out: who may not act for the account is refused. */
  readonly expects?: (settings: PublicSettings) => unknown;
  /** The field that names the account. */
  readonly name: string;
  /** For operators: "page", "account". */
  readonly what: string;
}

export const checkOf = ({ at, expects, name, what }: Asked): NonNullable<ChannelAdapter['check']> => ({
  request: (settings) => ({
    method: 'GET',
    ...at(settings),
    query: { fields: `id,${name}` },
    bearer: { secret: 'accessToken' },
    expect: 'json',
    timeoutMs: 10_000,
    maxBytes: 65_536,
  }),

  /** Reasons are sentences for operators; they name codes, nothing of the answer's text. */
  read(response: HttpResponse, settings: PublicSettings): CredentialCheck {
    if (response.kind === 'failed') return unhealthy(`Meta could not be asked: ${response.reason}.`);
    const body = fields(response.json);
    const [error] = platformErrors([body['error']]);
    if (error) return unhealthy(`Meta refused the ${what} id or the access token: error ${error.code}.`);
    if (response.status < 200 || response.status > 299) return unhealthy(`Meta answered ${response.status}.`);
    const id = text(body['id']);
    if (id === undefined) return unhealthy(`Meta answered without a ${what}.`);
    // Meta's ids are numbers; a stand-in that names something else does not say whose token it is.
    if (expects && /^\d+$/.test(id) && id !== expects(settings))
      return unhealthy(`The access token is of another ${what}, or of no ${what}.`);
    return { health: 'healthy' };
  },
});

const unhealthy = (reason: string): CredentialCheck => ({ health: 'unhealthy', reason });
