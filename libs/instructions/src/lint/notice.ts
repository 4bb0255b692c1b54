// Rules on what people are told: the first notice (Arts. 12–13 GDPR, Art. 50(1) AI Act) and the filled texts.
import { pointer } from '../pointer.js';
import { fill, languagesOf, placeholdersOf } from '../texts.js';
import { saysMachine } from './machine.js';
import { entries, recipientsOf } from './reading.js';
import type { Objection, Reading, Rule } from './rule.js';

/** Stands in for the address of the privacy page, which only a running gateway knows. */
const PRIVACY_PAGE = 'https://privacy.example/notice';

/** A layered notice is short; the rest stands on the privacy page. Characters of the filled text. */
const SHORT = 1_000;

interface Notice {
  readonly language: string;
  readonly body: string;
  /** What of it the document says in its own words. */
  readonly unfilled: string;
  readonly path: string;
}

/** The first notice in each language, filled as people will read it. */
function* filledNotices({ document }: Reading): Iterable<Notice> {
  for (const [language, text] of languagesOf(document.texts?.['first-notice'] ?? {}))
    yield {
      language,
      body: fill(text, document.parties, PRIVACY_PAGE),
      unfilled: fill(text, undefined, ''),
      path: pointer('texts', 'first-notice', language),
    };
}

const isMachine = (kind: string | undefined): boolean => kind !== 'crm' && kind !== 'detector';

export const noticeRules: readonly Rule[] = [
  {
    rule: 'no-first-notice',
    severity: 'error',
    article: 'Arts. 12–13 GDPR',
    *find({ document }) {
      if (languagesOf(document.texts?.['first-notice'] ?? {}).length > 0) return;
      yield {
        path: '/texts/first-notice',
        message: 'There is no first notice: people would not learn who processes their data.',
        fix: 'Add `first-notice` under `texts`, with a text per language.',
      };
    },
  },
  {
    rule: 'notice-without-controller',
    severity: 'error',
    article: 'Art. 13(1)(a) GDPR',
    *find(reading) {
      const contact = reading.document.parties?.controller?.contact;
      for (const { language, body, path } of filledNotices(reading))
        if (!contact || !body.includes(contact))
          yield {
            path,
            message: `The first notice in ${language} does not say how to reach the controller.`,
            fix: 'Write {controller.contact} into it.',
          };
    },
  },
  {
    rule: 'notice-without-dpo',
    severity: 'error',
    article: 'Art. 13(1)(b) GDPR',
    *find(reading) {
      const contact = reading.document.parties?.dpo?.contact;
      if (!contact) return;
      for (const { language, body, path } of filledNotices(reading))
        if (!body.includes(contact))
          yield {
            path,
            message: `The first notice in ${language} does not say how to reach the data protection officer.`,
            fix: 'Write {dpo.contact} into it.',
          };
    },
  },
  {
    rule: 'notice-without-authority',
    severity: 'warning',
    article: 'Art. 13(2)(d) GDPR',
    *find(reading) {
      const contact = reading.document.parties?.authority?.contact;
      if (!contact) return;
      for (const { language, body, path } of filledNotices(reading))
        if (!body.includes(contact))
          yield {
            path,
            message: `The first notice in ${language} does not say how to reach the supervisory authority, where people may complain.`,
            fix: 'Write {authority.contact} into it.',
          };
    },
  },
  {
    // An `info`: the law asks for the right to complain, which the privacy page names in any case, not for one authority.
    rule: 'no-authority',
    severity: 'info',
    article: 'Art. 13(2)(d) GDPR',
    *find({ document }) {
      if (document.parties?.authority?.contact) return;
      yield {
        path: '/parties/authority',
        message: 'No supervisory authority is named: people learn that they may complain, but not where.',
        fix: 'Add `authority` under `parties`, and {authority.contact} to the first notice.',
      };
    },
  },
  {
    rule: 'notice-without-ai-line',
    severity: 'error',
    article: 'Art. 50(1) AI Act',
    *find(reading) {
      if (!recipientsOf(reading.document).some(([, recipient]) => isMachine(recipient.kind))) return;
      for (const { language, unfilled, path } of filledNotices(reading))
        if (!saysMachine(unfilled, language))
          yield {
            path,
            message: `The first notice in ${language} does not say that a machine answers.`,
            fix: 'Add a line such as "An automated assistant (AI) answers."',
          };
    },
  },
  {
    rule: 'notice-without-second-layer',
    severity: 'warning',
    article: 'Art. 13(1), 13(2) GDPR',
    *find(reading) {
      for (const { language, body, path } of filledNotices(reading))
        if (!/https?:\/\//.test(body))
          yield {
            path,
            message: `The first notice in ${language} leads to nothing that says what for, how long and with whom data is shared.`,
            fix: 'Write {privacyPage} into it: that page is made from these instructions.',
          };
    },
  },
  {
    rule: 'long-notice',
    severity: 'warning',
    article: 'Art. 12(1) GDPR',
    *find(reading) {
      for (const { language, body, path } of filledNotices(reading))
        if (body.length > SHORT)
          yield {
            path,
            message: `The first notice in ${language} has ${body.length} characters; nobody reads that in a chat.`,
            fix: `Say the essentials in ${SHORT} characters, and the rest on {privacyPage}.`,
          };
    },
  },
  {
    rule: 'unknown-placeholder',
    severity: 'error',
    article: 'Art. 12(1) GDPR',
    *find({ document }) {
      for (const [id, text] of entries(document.texts))
        for (const [language, body] of languagesOf(text ?? {}))
          for (const { name, known } of placeholdersOf(body, document.parties))
            if (!known)
              yield {
                path: pointer('texts', id, language),
                message: `The text ${id} in ${language} has a placeholder {${name}} that the document does not fill.`,
                fix: 'Use {controller.name}, {controller.contact}, {dpo.contact} or {privacyPage}, and fill in the party.',
              };
    },
  },
  {
    rule: 'text-without-language',
    severity: 'error',
    article: 'Art. 12(1) GDPR',
    *find({ document }) {
      for (const [id, text] of entries(document.texts))
        if (id !== 'first-notice' && languagesOf(text ?? {}).length === 0)
          yield { path: pointer('texts', id), message: `The text ${id} has no wording in any language.`, fix: 'Add one under the code of its language, for example `en`.' };
    },
  },
  {
    rule: 'language-missing',
    severity: 'warning',
    article: 'Art. 12(1) GDPR',
    *find({ document }): Iterable<Objection> {
      const offered = entries(document.keywords).map(([language]) => language);
      for (const [id, text] of entries(document.texts)) {
        const written = new Set(languagesOf(text ?? {}).map(([language]) => language.split('-')[0]));
        for (const language of new Set(offered.map((tag) => tag.split('-')[0] ?? tag)))
          if (written.size > 0 && !written.has(language))
            yield {
              path: pointer('texts', id),
              message: `Keywords are offered in ${language}, but the text ${id} is not.`,
              fix: `Add \`${language}\` to it.`,
            };
      }
    },
  },
]; // prettier-ignore
