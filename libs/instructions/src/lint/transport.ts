// Rules on transport: what leaves our network is encrypted on its way (Art. 32).
import ipaddr from 'ipaddr.js';
import { pointer } from '../pointer.js';
import { recipientsOf } from './reading.js';
import type { Rule } from './rule.js';

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
];
