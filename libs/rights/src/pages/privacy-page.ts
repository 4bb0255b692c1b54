// The privacy page behind `{privacyPage}`: the second layer of the first notice, generated from the instructions in force (Arts. 13, 12(1)).
import type { InstructionsDocument } from '#libs/instructions';
import { page, table, terms } from './html.js';

export interface PrivacyPageInput {
  readonly document: InstructionsDocument;
  readonly version: number;
  /** Titles of channels by their name in the document. */
  readonly channels: Readonly<Record<string, string>>;
}

const LABELS = {
  en: {
    title: 'How your messages are processed',
    controller: 'Controller', address: 'Address', contact: 'Contact', dpo: 'Data protection officer', authority: 'Supervisory authority',
    purposes: 'What for', purpose: 'Purpose', basis: 'Legal basis', data: 'Data',
    kept: 'What is kept of each channel', channel: 'Channel', identifiers: 'Identifiers', nothing: 'none',
    recipients: 'Who receives it', recipient: 'Recipient', country: 'Country', transfer: 'Transfer on the basis of',
    retention: 'How long', period: 'Period', afterwards: 'After',
    rights: 'Your rights', rightsText: 'Write "my data" for a copy, "delete my data" for erasure, STOP to hear no more and withdraw consent, WHO for the notice again, in the conversation itself. You may also write to the contact above, object, ask for correction or restriction, and complain to a supervisory authority.',
    machine: 'Automated answers', machineText: 'An automated assistant (AI) answers. Whatever the lists below do not name is dropped before anything is stored.',
    version: 'Version of the instructions',
  },
  de: {
    title: 'Wie Ihre Nachrichten verarbeitet werden',
    controller: 'Verantwortlicher', address: 'Anschrift', contact: 'Kontakt', dpo: 'Datenschutzbeauftragte', authority: 'Aufsichtsbehörde',
    purposes: 'Wofür', purpose: 'Zweck', basis: 'Rechtsgrundlage', data: 'Daten',
    kept: 'Was je Kanal behalten wird', channel: 'Kanal', identifiers: 'Kennungen', nothing: 'keine',
    recipients: 'Wer es erhält', recipient: 'Empfänger', country: 'Land', transfer: 'Übermittlung auf Grundlage von',
    retention: 'Wie lange', period: 'Frist', afterwards: 'Danach',
    rights: 'Ihre Rechte', rightsText: 'Schreiben Sie in der Unterhaltung „meine Daten“ für eine Kopie, „meine Daten löschen“ für die Löschung, STOPP, um nichts mehr zu hören und die Einwilligung zu widerrufen, WER für den Hinweis. Sie können auch an den Kontakt schreiben, widersprechen, Berichtigung oder Einschränkung verlangen und sich bei einer Aufsichtsbehörde beschweren.',
    machine: 'Automatische Antworten', machineText: 'Es antwortet ein automatischer Assistent (KI). Was die Listen unten nicht nennen, wird verworfen, bevor irgendetwas gespeichert wird.',
    version: 'Fassung der Weisungen',
  },
} as const; // prettier-ignore

/** `A6-1-b` → `Art. 6(1)(b) GDPR`. */
const article = (term: string): string => {
  const [, number, paragraph, letter] = /^A(\d+)-(\d+)(?:-([a-z]))?/.exec(term) ?? [];
  return number === undefined ? term : `Art. ${number}(${paragraph})${letter ? `(${letter})` : ''} GDPR`;
};

const KEPT = new Set(['keep', 'pseudonymise', 'truncate', 'pass']);

export function privacyPage({ document: d, version, channels }: PrivacyPageInput, language: 'en' | 'de'): string {
  const l = LABELS[language];
  const { controller, dpo, authority } = d.parties;
  const whoIs = terms([
    [l.controller, controller.name ?? null],
    [l.address, [controller.address, controller.country].filter(Boolean).join(', ') || null],
    [l.contact, controller.contact ?? null],
    [l.dpo, dpo ? [dpo.name, dpo.contact].filter(Boolean).join(', ') : null],
    [l.authority, authority ? [authority.name, authority.contact].filter(Boolean).join(', ') : null],
  ]);
  const purposes = Object.entries(d.purposes).map(([id, { dpv, basis, data }]) => [
    `${id} (${dpv})`,
    basis === undefined ? '' : article(basis),
    data.join(', '),
  ]);
  const kept = Object.entries(d.channels)
    .filter(([, { enabled }]) => enabled !== false)
    .map(([name, { identifiers }]) => {
      const keys = Object.entries(identifiers).filter(([, a]) => KEPT.has(typeof a === 'string' ? a : a.do));
      return [channels[name] ?? name, keys.map(([key]) => key).join(', ') || l.nothing];
    });
  const recipients = Object.entries(d.recipients).map(([id, r]) => [
    r.entity ?? id,
    r.country ?? '',
    r.transfer ? article(r.transfer.mechanism) : '',
    r.data.join(', '),
  ]);
  const retention = d.retention.map(({ data, purpose, period, then }) => [
    purpose ? `${data} (${purpose})` : data,
    period,
    then ?? 'erase',
  ]);
  const heading = (text: string): string => `<h2>${text}</h2>`;
  return page(
    language,
    l.title,
    [
      whoIs,
      heading(l.machine) + `<p>${l.machineText}</p>`,
      table(l.purposes, [l.purpose, l.basis, l.data], purposes),
      table(l.kept, [l.channel, l.identifiers], kept),
      table(l.recipients, [l.recipient, l.country, l.transfer, l.data], recipients),
      table(l.retention, [l.data, l.period, l.afterwards], retention),
      heading(l.rights) + `<p>${l.rightsText}</p>`,
      terms([[l.version, String(version)]]),
    ].join('\n'),
  );
}
