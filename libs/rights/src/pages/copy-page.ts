// The copy for people: the same data as the JSON, in an order in which it can be read, in the reader's language.
import { markup, page, table, terms, type Part } from '#libs/platform';
import type { PersonCopy } from '../acts/copy.js';
import { details } from './copy-details.js';
import { COPY_TEXTS, type CopyTexts } from './copy-texts.js';
import { moment, type Language } from './language.js';
import { article, bytesIn, categoriesIn, countryIn, periodIn } from './plain.js';
import { purposeLabelIn } from './purpose-texts.js';
import { STATUS_TEXTS } from './status-texts.js';
import { groundIn } from '../told/grounds.js';

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

/** What of a stored body can be read at once, and what of the message it is; the rest as JSON. */
function readable(content: unknown): { readonly text: string; readonly said: string } {
  if (content === null) return { text: '–', said: 'content' };
  if (typeof content !== 'object') return { text: JSON.stringify(content), said: 'content' };
  const [inner, said] = 'content' in content ? [content.content, 'content.content'] : [content, 'content'];
  if (typeof inner === 'object' && inner !== null)
    for (const key of ['text', 'caption', 'title'] as const)
      if (key in inner) {
        const value: unknown = (inner as Readonly<Record<string, unknown>>)[key];
        if (typeof value === 'string') return { text: value, said: `${said}.${key}` };
      }
  return inner === null ? { text: JSON.stringify(content), said: 'content' } : { text: JSON.stringify(inner), said };
}

type Conversation = PersonCopy['conversations'][number];

const statementPart =
  ({ l, at }: Reader) =>
  (one: PersonCopy['person']['statements'][number]): Part =>
    markup`<p class="statement"><strong>${l.statement}</strong> (${at(one.at)}): ${one.text}</p>`;

const FILE_SAID = ['attachments.media', 'attachments.mime', 'attachments.size', 'attachments.url'];

const messagePart = (message: Conversation['messages'][number], reader: Reader): Part => {
  const { l, at } = reader;
  const files = message.attachments.map(({ media, mime, size, url }) => {
    const words = `${media}, ${mime}, ${bytesIn(reader.language, size)}`;
    return markup`<p class="meta">${url === undefined ? words : markup`<a href="${url}">${words}</a>`}</p>`;
  });
  const statements = message.statements.map(statementPart(reader));
  const { text, said } = readable(message.content);
  const more = details(message, ['direction', 'at', 'statements', said, ...FILE_SAID], reader);
  return markup`<li class="${message.direction}"><p class="meta">${message.direction === 'in' ? l.you : l.toYou} · <time datetime="${message.at}">${at(message.at)}</time></p><p>${text}</p>${statements}${files}${more}</li>
`;
};

const nameOf = ({ channel, connection, since }: Conversation, { l, at }: Reader): string =>
  `${channel}: ${connection}, ${l.since} ${at(since)}`;

const conversationPart = (conversation: Conversation, reader: Reader): Part =>
  markup`<section><h3>${nameOf(conversation, reader)}</h3>${details(conversation, ['channel', 'connection', 'since', 'messages'], reader)}
<ol class="talk">${conversation.messages.map((message) => messagePart(message, reader))}</ol></section>`;

/** As each recipient calls each conversation, whatever the purposes. */
function pseudonymsIn(copy: PersonCopy, reader: Reader): string[][] {
  const recipients = new Map(copy.processing?.recipients.map((one) => [one.recipient, one.conversations]));
  const names = new Map(copy.conversations.map((one) => [one.id, nameOf(one, reader)]));
  return [...recipients].flatMap(([recipient, known]) =>
    known.map(({ conversation, pseudonym }) => [recipient, names.get(conversation) ?? conversation, pseudonym]),
  );
}

/** From where the data is, in words. */
const sourcesIn = ({ conversations }: PersonCopy, { l }: Reader): string[] => {
  const channels = (of: readonly Conversation[]): string[] => [...new Set(of.map(({ channel }) => channel))];
  const lookedUp = conversations.filter(({ messages }) => messages.some(({ type }) => type === 'profile'));
  return [
    ...channels(conversations).map((channel) => l.fromYou.replace('{channel}', channel)),
    ...channels(lookedUp).map((channel) => l.fromPlatform.replace('{channel}', channel)),
  ];
};

interface Column<T> {
  readonly head: string;
  readonly cell: (row: T) => Part;
}

/** A table that ends with what its columns do not say. `said`: what they do. */
const fullTable = <T extends object>(name: string, rows: readonly T[], how: { readonly columns: readonly Column<T>[]; readonly said: readonly string[]; readonly reader: Reader }): Part =>
  table(name, [...how.columns.map(({ head }) => head), how.reader.l.more],
    rows.map((row) => [...how.columns.map(({ cell }) => cell(row)), details(row, how.said, how.reader) ?? '–'])); // prettier-ignore

function processingPart(copy: PersonCopy, reader: Reader): Part {
  const { l, at, language } = reader;
  const p = copy.processing;
  if (!p) return null;
  const status = STATUS_TEXTS[language];
  const when = { head: l.when, cell: (row: { readonly at: string }) => at(row.at) };
  const parts = [
    table(l.purposes, [l.purpose, l.basis, l.data], p.purposes.map((x) => [`${x.id} (${purposeLabelIn(language, x.dpv)})`, x.basis ? article(language, x.basis) : '–', categoriesIn(language, x.data)])),
    fullTable(l.recipients, p.recipients, { reader, said: ['recipient', 'entity', 'country', 'purpose', 'categories', 'pseudonym', 'conversations', 'firstAt', 'lastAt'], columns: [
      { head: l.recipient, cell: (r) => r.recipient }, { head: l.entity, cell: (r) => r.entity ?? '–' }, { head: l.country, cell: (r) => countryIn(language, r.country ?? undefined) },
      { head: l.purpose, cell: (r) => r.purpose }, { head: l.data, cell: (r) => categoriesIn(language, r.categories) }, { head: l.knownAs, cell: (r) => r.pseudonym },
      { head: l.when, cell: (r) => `${at(r.firstAt)} – ${at(r.lastAt)}` },
    ] }),
    table(l.knownThere, [l.recipient, l.conversation, l.known], pseudonymsIn(copy, reader)),
    fullTable(l.retention, p.retention, { reader, said: ['data', 'start', 'period'], columns: [
      { head: l.data, cell: (r) => categoriesIn(language, [r.data]) }, { head: l.countedFrom, cell: (r) => l[r.start ?? 'last-activity'] }, { head: l.period, cell: (r) => periodIn(language, r.period) },
    ] }),
    fullTable(l.consents, p.consents, { reader, said: ['purpose', 'state', 'at'], columns: [{ head: l.purpose, cell: (c) => c.purpose }, { head: l.state, cell: (c) => l[c.state] }, when] }),
    fullTable(l.ages, p.ages, { reader, said: ['state', 'at'], columns: [{ head: l.state, cell: (a) => a.state }, when] }),
    fullTable(l.objections, p.objections, { reader, said: ['purpose', 'at'], columns: [{ head: l.purpose, cell: (o) => o.purpose }, when] }),
    fullTable(l.sensitive, p.sensitive, { reader, said: ['section', 'at'], columns: [{ head: l.kind, cell: (s) => s.section }, when] }),
    fullTable(l.incidents, p.incidents, { reader, said: ['from', 'to', 'suspicion', 'categories', 'messages'], columns: [
      { head: l.reachedIn, cell: (i) => `${at(i.from)} – ${at(i.to)}` }, { head: l.suspected, cell: (i) => i.suspicion.map((one) => l[one]).join('; ') },
      { head: l.data, cell: (i) => categoriesIn(language, i.categories) }, { head: l.messages, cell: (i) => String(i.messages) },
    ] }),
    fullTable(l.requests, p.requests, { reader, said: ['right', 'state', 'receivedAt', 'justification'], columns: [
      { head: l.right, cell: (r) => status.rights[r.right] ?? r.right }, { head: l.state, cell: (r) => status.states[r.state] ?? r.state }, { head: l.when, cell: (r) => at(r.receivedAt) },
      { head: status.reason, cell: (r) => (r.justification === null ? '–' : groundIn(r.justification, language)) },
    ] }),
    fullTable(l.instructions, p.instructions, { reader, said: ['version', 'sha256'], columns: [{ head: l.version, cell: (i) => String(i.version) }, { head: 'SHA-256', cell: (i) => i.sha256 }] }),
    terms([[l.source, sourcesIn(copy, reader).join('; ')], [l.decisions, l.noDecisions], [l.derived, p.derived.length > 0 ? l.tokens : l.none]]),
  ];
  return markup`<h2>${l.processing}</h2>${parts.map((part) => (part === null ? null : markup`<section>${part}</section>`))}`;
} // prettier-ignore

const NAMED = ['name', 'contact'];
const named = (who: { readonly name?: string; readonly contact: string } | null): string | null =>
  who && [who.name, who.contact].filter(Boolean).join(', ');

function personPart({ person }: PersonCopy, reader: Reader): Part {
  const { l, at } = reader;
  const known = fullTable(l.identifiers, person.identifiers, { reader, said: ['kind', 'value', 'from', 'until'], columns: [
    { head: l.kind, cell: (i) => i.kind }, { head: l.value, cell: (i) => i.value }, { head: l.from, cell: (i) => at(i.from) }, { head: l.until, cell: (i) => at(i.until) },
  ] });
  const right = fullTable(l.corrections, person.corrections, { reader, said: ['channel', 'kind', 'value', 'at'], columns: [
    { head: l.kind, cell: (c) => `${c.channel}/${c.kind}` }, { head: l.value, cell: (c) => c.value }, { head: l.from, cell: (c) => at(c.at) },
  ] });
  const said = person.statements.map(statementPart(reader));
  return [known, right, said.length === 0 ? null : said].map((part) => (part === null ? null : markup`<section>${part}</section>`));
} // prettier-ignore

function copyPart(copy: PersonCopy, reader: Reader): Part {
  const { person } = copy;
  const { l, at } = reader;
  const facts = terms([
    [l.controller, named(copy.controller)],
    [l.dpo, named(copy.dpo)],
    [l.authority, named(copy.authority)],
    [l.made, at(copy.madeAt)],
    [l.firstContact, at(person.since)],
    [l.restricted, person.restricted ? l.yes : l.no],
    [l.noMarketing, person.marketingStoppedAt && at(person.marketingStoppedAt)],
  ]);
  const saidOfParties = ['controller', 'dpo', 'authority'].flatMap((party) => NAMED.map((one) => `${party}.${one}`));
  const { conversations: _c, processing: _p, person: _w, madeAt: _m, ...rest } = copy;
  const more = details({ ...rest, person: { id: person.id } }, saidOfParties, reader);
  return markup`<section>${facts}${more}</section>${personPart(copy, reader)}
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
