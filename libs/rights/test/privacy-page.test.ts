// The privacy page: everything that Art. 13 asks for stands on it, in the person's language, and nothing of a document becomes markup.
import { parseDocument, type InstructionsDocument } from '#libs/instructions';
import { privacyPage } from '#libs/rights';

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
retention: [{data: content, period: P30D}, {data: routing, purpose: news, period: P1Y, then: aggregate}]
recipients:
  bot: {kind: webhook, url: "https://bot.example", country: US, transfer: {mechanism: A45-3}, purposes: [support], data: [content]}
`;
const parsed = parseDocument(YAML);
if (!parsed.ok) throw new Error('the document of this test cannot be read');
const document = parsed.document as unknown as InstructionsDocument;
const input = { document, version: 7, channels: { chat: 'Web chat' } };

it.each([
  ['the controller, escaped', 'Acme &lt;GmbH&gt; &amp; Co'],
  ['its contact', 'privacy@acme.example'],
  ['the data protection officer', 'Dr. Ada Example, dpo@acme.example'],
  ['the authority', 'BlnBDI'],
  ['the purpose and its basis', '<td>support (CustomerCare)</td><td>Art. 6(1)(b) GDPR</td><td>routing, content</td>'],
  ['consent as a basis', 'Art. 6(1)(a) GDPR'],
  ['what is kept of a channel', '<td>Web chat</td><td>visitor_id, ip</td>'],
  ['the recipient and its transfer', '<td>bot</td><td>US</td><td>Art. 45(3) GDPR</td><td>content</td>'],
  ['how long', '<td>content</td><td>P30D</td><td>erase</td>'],
  ['what happens then', '<td>routing (news)</td><td>P1Y</td><td>aggregate</td>'],
  ['that a machine answers', 'An automated assistant (AI) answers'],
  ['the version', '<dd>7</dd>'],
])('says %s', (_, expected) => expect(privacyPage(input, 'en')).toContain(expected));

it('names neither dropped identifiers nor channels that are off, and no markup of the document', () => {
  const page = privacyPage(input, 'en');
  for (const absent of ['page_url', 'psid', '<GmbH>']) expect(page).not.toContain(absent);
});

it('speaks German', () => {
  const page = privacyPage(input, 'de');
  expect(page).toContain('<html lang="de">');
  expect(page).toContain('Aufsichtsbehörde');
});
