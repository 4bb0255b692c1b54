// Rules on addresses that we call: encrypted on the way, and without secrets in them (Art. 32).
import ipaddr from 'ipaddr.js';
import { pointer } from '../pointer.js';
import { recipientsOf } from './reading.js';
import type { Reading, Rule } from './rule.js';

/** Inside one's own network transport encryption is the network's business. */
const OWN_RANGES: ReadonlySet<string> = new Set(['loopback', 'private', 'uniqueLocal', 'linkLocal']);
const OWN_NAMES = /^[^.]+$|\.(local|internal|localhost|test)$/;

function isInternal(host: string): boolean {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  return ipaddr.isValid(address) ? OWN_RANGES.has(ipaddr.process(address).range()) : OWN_NAMES.test(host);
}

const isOpen = (url: string | undefined): boolean => {
  const parsed = url !== undefined && URL.canParse(url) ? new URL(url) : null;
  return parsed?.protocol === 'http:' && !isInternal(parsed.hostname);
};

interface Address {
  readonly url: URL;
  readonly path: string;
  /** What answers there is given a key of its own, which is kept sealed. */
  readonly recipient: string | null;
}

/** All addresses that a document names. What cannot be read as one is the schema's business. */
function addressesOf({ document }: Reading): Address[] {
  const of = (url: string | undefined, path: string, recipient: string | null = null): Address[] =>
    url !== undefined && URL.canParse(url) ? [{ url: new URL(url), path, recipient }] : [];
  return [
    ...recipientsOf(document).flatMap(([id, { url, erasure }]) => [
      ...of(url, pointer('recipients', id, 'url'), id),
      ...of(erasure?.url, pointer('recipients', id, 'erasure', 'url')),
    ]),
    ...of(document.rights?.['webhook'], '/rights/webhook'),
    ...of(document.contract?.checkpoints, '/contract/checkpoints'),
  ];
}

/** Names under which services take keys in an address. */
const SECRET =
  /^(?:.*[-_.])?(?:api-?)?(?:key|token|secret|password|passwd|pwd|auth|authorization|credentials?|sig|signature|jwt|code)$|(?:api|access|subscription|function|auth|client)(?:key|token|secret)$/i;

const secretIn = ({ searchParams }: URL): string | undefined =>
  [...searchParams].find(([name, value]) => value !== '' && SECRET.test(name))?.[0];

const sealed = (recipient: string | null): string =>
  recipient === null
    ? 'Take it out: what we send there is signed, and known by that.'
    : `Take it out, and enter it as the secret of ${recipient}, where it is kept sealed; what has been here should be replaced.`;

export const transportRules: readonly Rule[] = [
  {
    rule: 'recipient-url-unencrypted',
    severity: 'error',
    article: 'Art. 32(1)(a) GDPR',
    *find({ document }) {
      for (const [id, { url, erasure }] of recipientsOf(document)) {
        if (isOpen(url))
          yield {
            path: pointer('recipients', id, 'url'),
            message: `The recipient ${id} would get personal data over an unencrypted connection.`,
            fix: 'Use https.',
          };
        if (isOpen(erasure?.url))
          yield {
            path: pointer('recipients', id, 'erasure', 'url'),
            message: `The recipient ${id} would be told over an unencrypted connection whom to erase.`,
            fix: 'Use https.',
          };
      }
    },
  },
  {
    rule: 'rights-webhook-unencrypted',
    severity: 'error',
    article: 'Art. 32(1)(b) GDPR',
    *find({ document }) {
      if (isOpen(document.rights?.['webhook']))
        yield {
          path: '/rights/webhook',
          message:
            'You would be told of requests over an unencrypted connection, where others can read them and hold them back.',
          fix: 'Use https.',
        };
    },
  },
  {
    rule: 'checkpoints-unencrypted',
    severity: 'error',
    article: 'Art. 32(1)(b) GDPR',
    *find({ document }) {
      if (isOpen(document.contract?.checkpoints))
        yield {
          path: '/contract/checkpoints',
          message:
            'The checkpoints of the ledger would be posted over an unencrypted connection, where others can hold them back.',
          fix: 'Use https.',
        };
    },
  },
  {
    rule: 'password-in-url',
    severity: 'error',
    article: 'Art. 32(1)(b) GDPR',
    *find(reading) {
      for (const { url, path, recipient } of addressesOf(reading))
        if (url.username !== '' || url.password !== '')
          yield {
            path,
            message: 'There is a name or a password in this address: whoever may read these instructions could use it, also in every paper and copy made of them.',
            fix: sealed(recipient),
          };
    },
  },
  {
    // A `warning`: what looks like a key may be none, and some services take theirs in no other way.
    rule: 'secret-in-url',
    severity: 'warning',
    article: 'Art. 32(1)(b) GDPR',
    *find(reading) {
      for (const { url, path, recipient } of addressesOf(reading)) {
        const name = secretIn(url);
        if (name !== undefined)
          yield {
            path,
            message: `What is called \`${name}\` in this address looks like a secret: whoever may read these instructions could use it, also in every paper and copy made of them.`,
            fix: sealed(recipient),
          };
      }
    },
  },
]; // prettier-ignore
