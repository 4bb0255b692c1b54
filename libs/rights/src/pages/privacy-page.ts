// The privacy page behind `{privacyPage}`: the second layer of the first notice, generated from the instructions in force (Arts. 13, 12(1)).
import type { InstructionsDocument } from '#libs/instructions';
import { CATEGORIES, type Category } from '#libs/kernel';
import { markup, page, table, terms } from '#libs/platform';
import { COPY_TEXTS } from './copy-texts.js';
import type { Language } from './language.js';
import { article, categoriesIn, countryIn, periodIn } from './plain.js';
import { PRIVACY_TEXTS, type PrivacyTexts } from './privacy-texts.js';
import { purposeLabelIn } from './purpose-texts.js';

export interface PrivacyPageInput {
  readonly document: InstructionsDocument;
  readonly version: number;
  /** By their name in the document. */
  readonly channels: Readonly<Record<string, ExposedBy>>;
}

/** What a channel is called, and the categories of the kinds that it exposes. */
export interface ExposedBy {
  readonly title: string;
  readonly categories: Readonly<Record<string, Category>>;
}

const KEPT = new Set(['keep', 'pseudonymise', 'truncate', 'pass']);

/** `how you are recognised and answered (psid)`: kinds have names that only the instructions and the API know. */
function kindsIn(language: Language, kinds: readonly string[], categories: ExposedBy['categories']): string {
  const parts = CATEGORIES.flatMap((category) => {
    const those = kinds.filter((kind) => categories[kind] === category);
    return those.length === 0 ? [] : [`${categoriesIn(language, [category])} (${those.join(', ')})`];
  });
  return [...parts, ...kinds.filter((kind) => categories[kind] === undefined)].join('; ');
}

/** What is done, in the words of the document where it has them. */
const purposeIn = (language: Language, [id, purpose]: readonly [string, InstructionsDocument['purposes'][string]]) =>
  purpose.description?.[language] ?? `${id} (${purposeLabelIn(language, purpose.dpv)})`;

function tables({ document: d, channels }: PrivacyPageInput, language: Language, l: PrivacyTexts) {
  const purposes = Object.entries(d.purposes).map((entry) => [
    purposeIn(language, entry),
    entry[1].basis === undefined ? '–' : article(language, entry[1].basis),
    categoriesIn(language, entry[1].data),
  ]);
  const kept = Object.entries(d.channels)
    .filter(([, { enabled }]) => enabled !== false)
    .map(([name, { identifiers }]) => {
      const keys = Object.entries(identifiers).filter(([, a]) => KEPT.has(typeof a === 'string' ? a : a.do));
      const { title = name, categories = {} } = channels[name] ?? {};
      return [
        title,
        kindsIn(
          language,
          keys.map(([key]) => key),
          categories,
        ) || l.nothing,
      ];
    });
  const recipients = Object.entries(d.recipients).map(([id, r]) => [
    r.entity ?? id,
    countryIn(language, r.country),
    r.transfer ? article(language, r.transfer.mechanism) : '–',
    categoriesIn(language, r.data),
  ]);
  const counted = COPY_TEXTS[language];
  const retention = d.retention.map(({ data, purpose, period, start, then }) => [
    purpose ? `${categoriesIn(language, [data])} (${purpose})` : categoriesIn(language, [data]),
    counted[start ?? 'last-activity'],
    periodIn(language, period),
    l.ends[then ?? 'erase'] ?? then ?? '',
  ]);
  return [
    table(l.purposes, [l.purpose, l.basis, l.data], purposes),
    table(l.kept, [l.channel, l.identifiers], kept),
    table(l.recipients, [l.recipient, l.country, l.transfer, l.data], recipients),
    table(l.retention, [l.data, counted.countedFrom, l.period, l.afterwards], retention),
  ];
}

export function privacyPage(input: PrivacyPageInput, language: Language): string {
  const l = PRIVACY_TEXTS[language];
  const { controller, dpo, authority } = input.document.parties;
  const joined = (parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(', ');
  const whoIs = terms([
    [l.controller, controller.name],
    [l.address, joined([controller.address, controller.country && countryIn(language, controller.country)])],
    [l.contact, controller.contact],
    [l.dpo, dpo ? joined([dpo.name, dpo.contact]) : null],
    [l.authority, authority ? joined([authority.name, authority.contact]) : null],
  ]);
  return page({
    language,
    title: l.title,
    lead: l.lead(controller.name),
    main: markup`<section><h2>${l.who}</h2>${whoIs}</section>
<section><h2>${l.machine}</h2><p>${l.machineText}</p></section>
<section><h2>${l.rights}</h2><p>${l.rightsText}</p></section>
${tables(input, language, l).map((one) => (one === null ? null : markup`<section>${one}</section>`))}
<p class="lead">${l.version}: ${input.version}</p>`,
  });
}
