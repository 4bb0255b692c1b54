// The copy for people: the same data as the JSON, in an order in which it can be read, in the reader's language.
import { markup, page, table, terms, type Part } from '#libs/platform';
import type { PersonCopy } from '../acts/copy.js';
import { COPY_TEXTS, type CopyTexts } from './copy-texts.js';
import { moment, type Language } from './language.js';
import { article, bytesIn, categoriesIn, countryIn, periodIn } from './plain.js';
import { purposeLabelIn } from './purpose-texts.js';
import { STATUS_TEXTS } from './status-texts.js';

/** The reader's language, as words and as times. */
interface Reader {
  readonly language: Language;
  readonly l: CopyTexts;
  readonly at: (time: string | null) => string;
}

const readerOf = (language: Language): Reader => ({
  language,
  l: COPY_TEXTS[language],
  at: (time) => (time === null ? '–' : moment(language, new Date(time))),
});

/** What of a stored body can be read at once; the rest as JSON. */
function readable(content: unknown): string {
  if (content === null) return '–';
  if (typeof content !== 'object') return JSON.stringify(content);
  const inner = 'content' in content ? content.content : content;
  if (typeof inner === 'object' && inner !== null)
    for (const key of ['text', 'caption', 'title'] as const)
      if (key in inner) {
        const value: unknown = (inner as Readonly<Record<string, unknown>>)[key];
        if (typeof value === 'string') return value;
      }
  return JSON.stringify(inner ?? content);
}

type Conversation = PersonCopy['conversations'][number];

const statementPart =
  ({ l, at }: Reader) =>
  (one: PersonCopy['person']['statements'][number]): Part =>
    markup`<p class="statement"><strong>${l.statement}</strong> (${at(one.at)}): ${one.text}</p>`;

const messagePart = (message: Conversation['messages'][number], reader: Reader): Part => {
  const { l, at } = reader;
  const files = message.attachments.map(({ media, mime, size, url }) => {
    const words = `${media}, ${mime}, ${bytesIn(reader.language, size)}`;
    return markup`<p class="meta">${url === undefined ? words : markup`<a href="${url}">${words}</a>`}</p>`;
  });
  const said = message.statements.map(statementPart(reader));
  return markup`<li class="${message.direction}"><p class="meta">${message.direction === 'in' ? l.you : l.toYou} · <time datetime="${message.at}">${at(message.at)}</time></p><p>${readable(message.content)}</p>${said}${files}</li>
`;
};

const nameOf = ({ channel, connection, since }: Conversation, { l, at }: Reader): string =>
  `${channel}: ${connection}, ${l.since} ${at(since)}`;

const conversationPart = (conversation: Conversation, reader: Reader): Part =>
  markup`<section><h3>${nameOf(conversation, reader)}</h3>
<ol class="talk">${conversation.messages.map((message) => messagePart(message, reader))}</ol></section>`;

/** As each recipient calls each conversation, whatever the purposes. */
function pseudonymsIn(copy: PersonCopy, reader: Reader): string[][] {
  const recipients = new Map(copy.processing?.recipients.map((one) => [one.recipient, one.conversations]));
  const names = new Map(copy.conversations.map((one) => [one.id, nameOf(one, reader)]));
  return [...recipients].flatMap(([recipient, known]) =>
    known.map(({ conversation, pseudonym }) => [recipient, names.get(conversation) ?? conversation, pseudonym]),
  );
}

function processingPart(copy: PersonCopy, reader: Reader): Part {
  const { l, at, language } = reader;
  const p = copy.processing;
  if (!p) return null;
  const status = STATUS_TEXTS[language];
  const from = [...new Set(copy.conversations.map(({ channel }) => l.fromYou.replace('{channel}', channel)))];
  const parts = [
    table(l.purposes, [l.purpose, l.basis, l.data], p.purposes.map((x) => [`${x.id} (${purposeLabelIn(language, x.dpv)})`, x.basis ? article(language, x.basis) : '–', categoriesIn(language, x.data)])),
    table(l.recipients, [l.recipient, l.entity, l.country, l.purpose, l.data, l.knownAs, l.when], p.recipients.map((r) => [r.recipient, r.entity ?? '–', countryIn(language, r.country ?? undefined), r.purpose, categoriesIn(language, r.categories), r.pseudonym, `${at(r.firstAt)} – ${at(r.lastAt)}`])),
    table(l.knownThere, [l.recipient, l.conversation, l.known], pseudonymsIn(copy, reader)),
    table(l.retention, [l.data, l.countedFrom, l.period], p.retention.map((r) => [categoriesIn(language, [r.data]), l[r.start ?? 'last-activity'], periodIn(language, r.period)])),
    table(l.consents, [l.purpose, l.state, l.when], p.consents.map((c) => [c.purpose, l[c.state], at(c.at)])),
    table(l.objections, [l.purpose, l.when], p.objections.map((o) => [o.purpose, at(o.at)])),
    table(l.incidents, [l.reachedIn, l.suspected, l.data, l.messages], p.incidents.map((i) => [`${at(i.from)} – ${at(i.to)}`, i.suspicion.map((one) => l[one]).join('; '), categoriesIn(language, i.categories), String(i.messages)])),
    table(l.requests, [l.right, l.state, l.when], p.requests.map((r) => [status.rights[r.right] ?? r.right, status.states[r.state] ?? r.state, at(r.receivedAt)])),
    table(l.instructions, [l.version, 'SHA-256'], p.instructions.map((i) => [String(i.version), i.sha256])),
    terms([[l.source, from.join('; ')], [l.decisions, l.noDecisions], [l.derived, p.derived.length > 0 ? l.tokens : l.none]]),
  ];
  return markup`<h2>${l.processing}</h2>${parts.map((part) => (part === null ? null : markup`<section>${part}</section>`))}`;
} // prettier-ignore

function copyPart(copy: PersonCopy, reader: Reader): Part {
  const { person } = copy;
  const { l, at } = reader;
  const named = (who: { readonly name?: string; readonly contact: string } | null): string | null =>
    who && [who.name, who.contact].filter(Boolean).join(', ');
  const facts = terms([
    [l.controller, named(copy.controller)],
    [l.dpo, named(copy.dpo)],
    [l.authority, named(copy.authority)],
    [l.made, at(copy.madeAt)],
    [l.firstContact, at(person.since)],
    [l.restricted, person.restricted ? l.yes : l.no],
    [l.noMarketing, person.marketingStoppedAt && at(person.marketingStoppedAt)],
  ]);
  const known = table(l.identifiers, [l.kind, l.value, l.from, l.until], person.identifiers.map((i) => [i.kind, i.value, at(i.from), at(i.until)])); // prettier-ignore
  const right = table(l.corrections, [l.kind, l.value, l.from], person.corrections.map((c) => [`${c.channel}/${c.kind}`, c.value, at(c.at)])); // prettier-ignore
  const said = person.statements.map(statementPart(reader));
  return markup`<section>${facts}</section><section>${known}</section>${right === null ? null : markup`<section>${right}</section>`}${said.length === 0 ? null : markup`<section>${said}</section>`}
<h2>${l.conversations}</h2>${copy.conversations.map((one) => conversationPart(one, reader))}
${processingPart(copy, reader)}`;
}

/** `json`: where the same can be fetched for machines. */
export function copyPage(
  copies: readonly PersonCopy[],
  language: Language,
  { json }: { readonly json?: string } = {},
): string {
  const reader = readerOf(language);
  const { l } = reader;
  const held = copies.length === 0 ? markup`<section><p>${l.nothing}</p></section>` : copies.map((copy) => copyPart(copy, reader)); // prettier-ignore
  const link = json === undefined ? null : markup`<p><a class="button" href="${json}">${l.json}</a></p>`;
  return page({ language, title: l.title, lead: l.lead, main: markup`${held}${link}` });
}
