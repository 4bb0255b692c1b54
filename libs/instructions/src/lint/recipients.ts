// Rules on recipients: known, reachable, and given no more than their purposes cover.
import { needsLookUp } from '../look-ups.js';
import { pointer } from '../pointer.js';
import { listedIdentifiers, recipientsOf, retains, type Listed } from './reading.js';
import type { Reading, Rule } from './rule.js';

/** Purposes of this recipient whose data covers a category. */
const covers = (
  { document }: Reading,
  purposes: readonly (string | undefined)[] | undefined,
  category: string,
): boolean =>
  (purposes ?? []).some((id) => id !== undefined && document.purposes?.[id]?.data?.some((c) => c === category));

/** What has to be looked up is there for purposes that name it, and for their recipients only. */
const isUnasked = ({ document }: Reading, { key, kind, purposes: limits }: Listed, purposes: readonly (string | undefined)[] | undefined): boolean =>
  kind !== undefined && needsLookUp(kind) &&
  !(purposes ?? []).some((id) => id !== undefined && (!limits || limits.includes(id)) && document.purposes?.[id]?.features?.includes(key)); // prettier-ignore

export const recipientRules: readonly Rule[] = [
  {
    rule: 'recipient-without-url',
    severity: 'error',
    article: 'Art. 28(3)(a) GDPR',
    *find({ document }) {
      for (const [id, recipient] of recipientsOf(document))
        if (recipient.kind !== 'demo' && !recipient.url)
          yield { path: pointer('recipients', id, 'url'), message: `The recipient ${id} has no address.`, fix: 'Add `url`.' };
    },
  },
  {
    rule: 'recipient-without-model',
    severity: 'error',
    article: 'Art. 28(3)(a) GDPR',
    *find({ document }) {
      for (const [id, recipient] of recipientsOf(document))
        if (recipient.kind === 'openai' && !recipient.model)
          yield {
            path: pointer('recipients', id, 'model'),
            message: `The recipient ${id} is a language model, but nothing says which one.`,
            fix: 'Add `model` with the name that its provider gives it.',
          };
    },
  },
  {
    rule: 'recipient-data-without-purpose',
    severity: 'error',
    article: 'Art. 5(1)(b) GDPR',
    *find(reading) {
      for (const [id, recipient] of recipientsOf(reading.document))
        for (const [n, category] of (recipient.data ?? []).entries())
          if (category !== undefined && !covers(reading, recipient.purposes, category))
            yield {
              path: pointer('recipients', id, 'data', n),
              message: `The recipient ${id} is to get ${category}, but none of its purposes uses that.`,
              fix: `Remove ${category}, or add it to the \`data\` of a purpose of this recipient.`,
            };
    },
  },
  {
    rule: 'recipient-identifier-without-purpose',
    severity: 'error',
    article: 'Art. 5(1)(b), 5(1)(c) GDPR',
    *find(reading) {
      const listed = [...listedIdentifiers(reading)];
      for (const [id, recipient] of recipientsOf(reading.document))
        for (const [n, key] of (recipient.identifiers ?? []).entries()) {
          const kinds = listed.filter((i) => i.key === key && i.kind);
          if (kinds.some((i) => i.kind && !covers(reading, recipient.purposes, i.kind.category)))
            yield {
              path: pointer('recipients', id, 'identifiers', n),
              message: `The recipient ${id} is to get ${key}, which none of its purposes uses.`,
              fix: 'Remove it: the recipient knows people by a pseudonymous id anyway.',
            };
          else if (kinds.length > 0 && kinds.every((i) => isUnasked(reading, i, recipient.purposes)))
            yield {
              path: pointer('recipients', id, 'identifiers', n),
              message: `The recipient ${id} is to get ${key}, which has to be looked up, but none of its purposes asks for that, so that it gets nothing.`,
              fix: `Name ${key} under \`features\` of a purpose of this recipient, or remove it here.`,
            };
        }
    },
  },
  {
    rule: 'recipient-identifier-not-kept',
    severity: 'error',
    article: 'Art. 5(1)(c) GDPR',
    *find(reading) {
      const kept = new Set([...listedIdentifiers(reading)].filter((i) => i.kind && retains(i.action)).map((i) => i.key));
      for (const [id, recipient] of recipientsOf(reading.document))
        for (const [n, key] of (recipient.identifiers ?? []).entries())
          if (key !== undefined && !kept.has(key))
            yield {
              path: pointer('recipients', id, 'identifiers', n),
              message: `The recipient ${id} is to get ${key}, but no channel keeps it.`,
              fix: `Keep ${key} on a channel, or remove it here.`,
            };
    },
  },
  {
    rule: 'model-gets-text-as-is',
    severity: 'warning',
    article: 'Art. 25(1), Art. 5(1)(c) GDPR',
    *find({ document }) {
      for (const [id, { kind }] of recipientsOf(document))
        if (kind === 'openai' && document.freeText?.beforeRecipient?.[id] === 'as-is')
          yield {
            path: pointer('freeText', 'beforeRecipient', id),
            message: `The language model ${id} would read the contact details that people type, which it does not need to answer.`,
            fix: 'Choose `tokenise`: the gateway puts them back into its answer.',
          };
    },
  },
  {
    rule: 'nobody-answers',
    severity: 'warning',
    article: 'Art. 28(3)(a) GDPR',
    *find({ document }) {
      if (document.recipients && recipientsOf(document).length === 0)
        yield { path: '/recipients', message: 'There is no recipient: messages are stored, and nobody gets them.', fix: 'Add the bot that is to answer, or `{kind: demo}` to try it.' };
    },
  },
]; // prettier-ignore
