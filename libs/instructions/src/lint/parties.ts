// Rules on parties and time: who instructs, from where, and when.
import { asksConsent } from '../consent/consent.js';
import { EEA } from '../law/countries.js';
import { endsAt, startsAt } from '../register.js';
import { purposesOf } from './reading.js';
import type { Rule } from './rule.js';

/** Not a number where nothing is said: then no comparison holds. */
const beginning = (text: string | undefined): number => (text === undefined ? Number.NaN : startsAt(text));
const ending = (text: string | undefined): number => (text === undefined ? Number.NaN : endsAt(text));

export const partyRules: readonly Rule[] = [
  {
    rule: 'representative-missing',
    severity: 'warning',
    article: 'Art. 27 GDPR',
    *find({ document }) {
      const country = document.parties?.controller?.country;
      if (!country || EEA.has(country) || document.parties?.representative) return;
      yield {
        path: '/parties/representative',
        message: 'The controller is outside the EEA; unless it processes only occasionally it needs a representative there.',
        fix: 'Add `representative` with name and contact.',
      };
    },
  },
  {
    // An `info`: the law asks for contact details, the standard of consent records for an address besides.
    rule: 'controller-without-address',
    severity: 'info',
    article: 'Art. 7(1), Art. 13(1)(a) GDPR',
    *find({ document }) {
      if (document.parties?.controller?.address || !purposesOf(document).some(([, purpose]) => asksConsent(purpose))) return;
      yield {
        path: '/parties/controller/address',
        message: 'Consent is asked for, but the receipts of it cannot say the address of the controller, which ISO/IEC TS 27560 wants in them.',
        fix: "Add `address: 'Hauptstr. 1, 10115 Berlin'` with yours.",
      };
    },
  },
  {
    rule: 'never-in-force',
    severity: 'error',
    article: 'Art. 28(3)(a) GDPR',
    *find({ document, now }) {
      const { from, until } = document.effective ?? {};
      if (ending(until) < now.getTime()) yield { path: '/effective/until', message: 'These instructions have already ended.', fix: 'Set `until` to a time to come, or leave it out.' };
      else if (ending(until) <= beginning(from)) yield { path: '/effective', message: 'These instructions would end before they begin.', fix: 'Set `until` to a time after `from`.' };
    },
  },
  {
    rule: 'hold-without-review',
    severity: 'warning',
    article: 'Art. 5(1)(e), Art. 17(3)(e) GDPR',
    *find({ document }) {
      for (const [n, hold] of (document.legalHolds ?? []).entries())
        if (hold && !hold.review)
          yield {
            path: `/legalHolds/${n}/review`,
            message: 'A legal hold without a date of review is a retention without end.',
            fix: 'Add `review`.',
          };
    },
  },
  {
    rule: 'hold-review-overdue',
    severity: 'warning',
    article: 'Art. 5(1)(e), Art. 17(3)(e) GDPR',
    *find({ document, now }) {
      for (const [n, hold] of (document.legalHolds ?? []).entries())
        if (hold && ending(hold.review) < now.getTime() && !(beginning(hold.until) <= now.getTime()))
          yield {
            path: `/legalHolds/${n}/review`,
            message: `The legal hold ${hold.scope ?? n} was to be reviewed on ${hold.review}, which is past, and it keeps data still.`,
            fix: 'Review it: set the date of the next review, or lift it by `until` or by leaving it out.',
          };
    },
  },
  {
    rule: 'hold-never-stands',
    severity: 'error',
    article: 'Art. 17(3)(e) GDPR',
    *find({ document }) {
      for (const [n, hold] of (document.legalHolds ?? []).entries()) {
        if (!hold) continue;
        const scope = hold.scope ?? String(n);
        if (beginning(hold.until) <= beginning(hold.from))
          yield { path: `/legalHolds/${n}/until`, message: `The legal hold ${scope} would end before it begins, so that it keeps nothing.`, fix: 'Set `until` to a day after `from`.' };
        if (beginning(hold.messages?.until) <= beginning(hold.messages?.from))
          yield { path: `/legalHolds/${n}/messages/until`, message: `The legal hold ${scope} is about messages until a time before its first, so that it keeps nothing.`, fix: 'Set `messages.until` to a time after `messages.from`.' };
      }
    },
  },
]; // prettier-ignore
