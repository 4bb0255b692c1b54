// The privacy page: everything that Art. 13 asks for stands on it, in the person's language, and nothing of a document becomes markup.
import { intentOf, parseDocument, type InstructionsDocument } from '#libs/instructions';
import { languageOf, privacyPage } from '#libs/rights';

const YAML = `
schema: parley-instructions/1
parties:
  controller: {name: "Acme <GmbH> & Co", address: "Hauptstr. 1, 10115 Berlin", country: DE, contact: privacy@acme.example}
  dpo: {name: Dr. Ada Example, contact: dpo@acme.example}
  authority: {name: BlnBDI, contact: mail@authority.example}
purposes:
  support: {dpv: CustomerCare, basis: A6-1-b, data: [routing, content]}
  news: {dpv: DirectMarketing, basis: A6-1-a, consent: news-consent, data: [routing]}
channels:
  chat: {identifiers: {visitor_id: keep, ip: {do: truncate}, page_url: drop}}
  closed: {enabled: false, identifiers: {psid: keep}}
texts: {first-notice: {en: Hello}}
retention: [{data: content, period: P30D}, {data: routing, purpose: news, start: withdrawal, period: P1Y, then: aggregate}]
recipients:
  bot: {kind: webhook, url: "https://bot.example", country: US, transfer: {mechanism: A45-3}, purposes: [support], data: [content]}
`;
const parsed = parseDocument(YAML);
if (!parsed.ok) throw new Error('the document of this test cannot be read');
const document = parsed.document as unknown as InstructionsDocument;
/** The cells of a row side by side. */
const plain = (page: string): string => page.replaceAll(/<\/t[hd]><t[hd][^>]*>/g, '|');
const categories = { visitor_id: 'routing', ip: 'network' } as const;
const input = { document, version: 7, channels: { chat: { title: 'Web chat', categories } } };

it.each([
  ['the controller, escaped', 'Acme &lt;GmbH&gt; &amp; Co'],
  ['its contact', 'privacy@acme.example'],
  ['the data protection officer', 'Dr. Ada Example, dpo@acme.example'],
  ['the authority', 'BlnBDI'],
  [
    'the purpose and its basis',
    'support (helping and supporting customers)|Art. 6(1)(b) GDPR|how you are recognised and answered, what you write',
  ],
  ['consent as a basis', 'Art. 6(1)(a) GDPR'],
  ['what is kept of a channel', 'Web chat|how you are recognised and answered (visitor_id); your connection (ip)'],
  ['the recipient and its transfer', 'bot|United States|Art. 45(3) GDPR|what you write'],
  ['how long, and from when', 'what you write|the last message of the conversation|30 days|deleted'],
  [
    'what happens then',
    'how you are recognised and answered (news)|the end of your consent|1 year|counted, then deleted',
  ],
  ['that a machine answers', 'An automated assistant (AI) answers'],
  ['the version', 'Version of the instructions: 7'],
])('says %s', (_, expected) => expect(plain(privacyPage(input, 'en'))).toContain(expected));

it('names neither dropped identifiers nor channels that are off, and no markup of the document', () => {
  const page = privacyPage(input, 'en');
  for (const absent of ['page_url', 'psid', '<GmbH>']) expect(page).not.toContain(absent);
});

it.each([
  ['fr', 'Autorité de contrôle', '30 jours'],
  ['es', 'Autoridad de control', '30 días'],
  ['it', 'Autorità di controllo', '30 giorni'],
  ['nl', 'Toezichthoudende autoriteit', '30 dagen'],
  ['pl', 'Organ nadzorczy', '30 dni'],
  ['pt', 'Autoridade de controlo', '30 dias'],
] as const)('speaks %s', (language, authority, period) => {
  for (const text of [`<html lang="${language}">`, authority, period])
    expect(privacyPage(input, language).replaceAll(/\s/g, ' ')).toContain(text);
});

it('speaks German', () => {
  const page = privacyPage(input, 'de');
  expect(page).toContain('<html lang="de">');
  expect(page).toContain('Aufsichtsbehörde');
});

it.each([
  ['en', 'my data', 'delete my data', 'STOP', 'WHO'],
  ['de', 'meine Daten', 'meine Daten löschen', 'STOPP', 'WER'],
  ['fr', 'mes données', 'supprimez mes données', 'STOP', 'QUI'],
  ['es', 'mis datos', 'borrar mis datos', 'STOP', 'QUIEN'],
  ['it', 'i miei dati', 'cancella i miei dati', 'STOP', 'CHI'],
  ['nl', 'mijn gegevens', 'verwijder mijn gegevens', 'STOP', 'WIE'],
  ['pl', 'moje dane', 'usuń moje dane', 'STOP', 'KTO'],
  ['pt', 'os meus dados', 'apagar os meus dados', 'STOP', 'QUEM'],
] as const)('the words that it tells people to write are understood: %s', (language, ...words) => {
  const page = privacyPage(input, language);
  for (const word of words) expect(page).toContain(word);
  expect(words.map((word) => intentOf(word)?.intent)).toEqual(['access', 'erase', 'stop', 'who']);
  expect(languageOf(`${language}-XX,en;q=0.5`)).toBe(language);
});

it('is English to whoever reads none of these', () => expect(languageOf('fi,sv;q=0.8')).toBe('en'));
