// Rules on recipients outside the European Economic Area (Arts. 44–49).
import { ADEQUACY_LIST, adequacyOf, PARTLY_ADEQUATE } from '../law/countries.js';
import { pointer } from '../pointer.js';
import { endsAt } from '../register.js';
import { recipientsOf } from './reading.js';
import type { Rule } from './rule.js';

/** The gateway answers by itself: no data leaves it. */
const stays = (kind: string | undefined): boolean => kind === 'demo';

export const transferRules: readonly Rule[] = [
  {
    rule: 'recipient-without-country',
    severity: 'error',
    article: 'Art. 44, Art. 30(2)(c) GDPR',
    *find({ document }) {
      for (const [id, recipient] of recipientsOf(document))
        if (!recipient.country && !stays(recipient.kind))
          yield {
            path: pointer('recipients', id, 'country'),
            message: `The recipient ${id} does not say in which country it processes.`,
            fix: 'Add `country`, for example DE.',
          };
    },
  },
  {
    rule: 'transfer-without-mechanism',
    severity: 'error',
    article: 'Art. 44, Art. 46 GDPR',
    *find({ document }) {
      for (const [id, { country, transfer }] of recipientsOf(document)) {
        if (!country || transfer) continue;
        const adequacy = adequacyOf(country);
        if (adequacy === 'within' || adequacy === 'adequate') continue;
        yield {
          path: pointer('recipients', id, 'transfer'),
          message: `The recipient ${id} is outside the EEA (${country}), and no transfer mechanism is named.`,
          fix: 'Add `transfer`, for example {mechanism: A46-2-c, ref: …, validUntil: …} for standard contractual clauses.',
        };
      }
    },
  },
  {
    rule: 'transfer-expired',
    severity: 'error',
    article: 'Art. 46 GDPR',
    *find({ document, now }) {
      for (const [id, { transfer }] of recipientsOf(document))
        if (transfer?.validUntil && endsAt(transfer.validUntil) < now.getTime())
          yield {
            path: pointer('recipients', id, 'transfer', 'validUntil'),
            message: `The transfer mechanism of the recipient ${id} has expired.`,
            fix: 'Renew it, and name the new one.',
          };
    },
  },
  {
    rule: 'adequacy-list-unknown',
    severity: 'error',
    article: 'Art. 45 GDPR',
    *find({ document }) {
      const wanted = document.law?.adequacyList;
      if (wanted === undefined || wanted === ADEQUACY_LIST) return;
      yield {
        path: '/law/adequacyList',
        message: `This release judges by the list of ${ADEQUACY_LIST} of countries with adequate protection, and by no other.`,
        fix: `Write ${ADEQUACY_LIST} if that list will do, or leave it out.`,
      };
    },
  },
  {
    rule: 'adequacy-claimed',
    severity: 'error',
    article: 'Art. 45 GDPR',
    *find({ document }) {
      for (const [id, { country, transfer }] of recipientsOf(document)) {
        if (!country || transfer?.mechanism !== 'A45-3') continue;
        const adequacy = adequacyOf(country);
        if (adequacy === 'none' || (adequacy === 'partly' && !transfer.ref))
          yield {
            path: pointer('recipients', id, 'transfer', adequacy === 'none' ? 'mechanism' : 'ref'),
            message:
              adequacy === 'none'
                ? `There is no adequacy decision for ${country} in the list of this release.`
                : `The adequacy decision for ${country} does not cover everybody: say ${PARTLY_ADEQUATE[country]}.`,
            fix:
              adequacy === 'none'
                ? 'Name a safeguard, for example A46-2-c for standard contractual clauses.'
                : 'Add `ref` with that.',
          };
      }
    },
  },
  {
    rule: 'transfer-without-reference',
    severity: 'warning',
    article: 'Art. 46, Art. 30(2)(c) GDPR',
    *find({ document }) {
      for (const [id, { transfer }] of recipientsOf(document))
        if (transfer?.mechanism?.startsWith('A46-') && !transfer.ref)
          yield {
            path: pointer('recipients', id, 'transfer', 'ref'),
            message: `The transfer to ${id} rests on safeguards that are not named, so that nobody can be shown them.`,
            fix: 'Add `ref`, under which the signed clauses or rules are filed.',
          };
    },
  },
  {
    rule: 'derogation-for-regular-transfer',
    severity: 'warning',
    article: 'Art. 49(1) GDPR',
    *find({ document }) {
      for (const [id, { transfer }] of recipientsOf(document))
        if (transfer?.mechanism?.startsWith('A49-'))
          yield {
            path: pointer('recipients', id, 'transfer', 'mechanism'),
            message: `The recipient ${id} relies on a derogation, which is for single cases; conversations go on.`,
            fix: 'Use standard contractual clauses (A46-2-c).',
          };
    },
  },
];
