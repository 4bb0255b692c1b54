// The documentation page of one channel, from the data that the gateway itself works with.
import type { ChannelAdapter, Fact } from '#libs/channels';
import { CONTEXT_TYPES, type EventType, type IdentifierKind } from '#libs/kernel';
import { casesOf } from '../cases/files.js';
import { NOW } from '../cases/plain.js';

const SCOPES: Readonly<Record<IdentifierKind['scope'], string>> = {
  global: 'every business on this channel',
  'linked-portfolios': 'portfolios that the platform links',
  portfolio: 'one business portfolio',
  account: 'one page or number',
  app: 'one app',
  session: 'one conversation or session',
  message: 'one message',
  click: 'one click or advertisement',
  none: 'identifies nobody by itself',
};
const WHOSE: Readonly<Record<IdentifierKind['of'], string>> = {
  subject: 'the person who writes',
  'third-party': 'somebody else',
  staff: 'staff of the business',
};
const REPLY: Readonly<Record<IdentifierKind['reply'], string>> = {
  required: 'needed',
  'one-of': 'one of several ways',
  none: 'no',
};

const code = (text: string): string => `\`${text}\``;
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
const fact = ({ value, source, date }: Fact<unknown>): string => `${String(value)} (${source}, ${date})`;
const megabytes = (bytes: number): string => `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`;
const hours = (ms: number): string => `${ms / 3_600_000} h`;

function factsOf({ manifest: m }: ChannelAdapter): string {
  const rows: [string, string][] = [
    ['name in instructions', code(m.channel)],
    ['role of the platform under the GDPR, as it states it', fact(m.platformRole)],
    ['what the platform keeps', fact(m.platformRetention)],
    ['where the platform processes', m.platformCountries.join(', ') || 'nowhere: it runs on this gateway'],
    ['hosts that we call', m.hosts.map(code).join(', ') || 'none'],
    ['reply window', m.replyWindowMs ? fact({ ...m.replyWindowMs, value: hours(m.replyWindowMs.value) }) : 'none'],
    ['longest text', fact(m.maxText)],
    ['largest files', Object.entries(m.maxMedia).map(([type, bytes]) => `${type} ${megabytes(bytes)}`).join(', ')],
  ]; // prettier-ignore
  return table(['', ''], rows);
}

const overview = (kind: IdentifierKind): readonly string[] => [
  code(kind.key),
  kind.phases.join(', '),
  kind.dpv.join(', '),
  code(kind.category),
  SCOPES[kind.scope],
  REPLY[kind.reply],
  kind.sensitivity,
  code(kind.suggested),
];

const detail = (kind: IdentifierKind): readonly string[] => [
  code(kind.key),
  WHOSE[kind.of],
  kind.paths.map(code).join(', '),
  (kind.hiddenIn ?? []).map(code).join(', ') || '–',
  kind.needs ?? '–',
  kind.lifetime ?? '–',
];

const list = (kinds: readonly IdentifierKind[]): string => kinds.map(({ key }) => code(key)).join(', ');

/** What the platform is asked for, and what stands behind calls that nobody makes; nothing where nothing is. */
function lookUpsOf({ identifiers }: ChannelAdapter): string {
  const asked = identifiers.filter(({ lookedUp }) => lookedUp);
  if (asked.length === 0) return '';
  const never = identifiers.filter(({ lookedUp, paths }) => !lookedUp && paths.every((path) => path.includes('-api:')));
  const rest = never.length > 0 ? ` Nobody is asked for ${list(never)}.` : '';
  return `
## What is looked up

When a person writes, the platform is asked about them for ${list(asked)}: each only where instructions keep it in some form and a purpose
that is open for the person names it under \`features\`; once a day at most while there is no answer.${rest}
`;
}

/** Updates of which nothing is stored or passed on, in words. */
const NOTED: Readonly<Partial<Record<EventType, string>>> = {
  comment: 'comments in public',
  group: 'who joins or leaves a group, and how it is set up',
  call: 'calls',
  click: 'clicks on marketing messages',
  inference: 'what the platform infers of a person',
  'address-book': 'what an address book, or staff in the inbox, notes of a person',
  handover: 'that a conversation was handed to another app',
  unknown: 'updates that this version does not know',
};

/** What becomes of updates that are no messages, by the channel's own cases. */
function othersOf({ manifest, parse }: ChannelAdapter): string {
  const events = casesOf(manifest.channel).flatMap(({ payload }) => parse(payload, NOW).events);
  const types = new Set(events.map(({ body }) => body.type));
  const noted = Object.entries(NOTED).flatMap(([type, words]) => (types.has(type as EventType) ? [words] : []));
  const all = [...(events.some(({ via }) => via === 'history') ? ['messages of old chats'] : []), ...noted];
  const context = CONTEXT_TYPES.filter((type) => types.has(type));
  const told = `Updates that say nothing by themselves (${context.map(code).join(', ')}) reach a bot that is instructed to have one of their kinds: see the [bot contract](../bot-contract.md).`;
  return `
## What is no message

${context.length === 0 ? '' : `${told}\n\n`}Of these nothing is stored or passed on, and their identifiers are counted as \`drop\` whatever the instructions say: ${all.join('; ')}.
`;
}

export function channelPage(adapter: ChannelAdapter): string {
  const { manifest, identifiers } = adapter;
  const count = identifiers.length;
  return `<!-- Made from the channel's own data by test/docs/channels.test.ts: change those, not this page. -->

# ${manifest.title}: what it exposes

For whoever writes instructions for this channel. It exposes ${count} kinds of identifiers; **a kind that the instructions do not list is dropped** before
anything is stored. The same as data: \`GET /v1/channels\`; with what your connections have really seen: \`GET /v1/tenants/{slug}/identifiers\`.

## The platform

${factsOf(adapter)}

## Kinds

When: before, during or after the conversation. What: terms of the Data Privacy Vocabulary 2.3. Links: within what the same value means the same person.

${table(['kind', 'when', 'what', 'category', 'links within', 'to reply', 'sensitivity', 'we suggest'], identifiers.map(overview))}

## Where each is found

Paths are within one update of the platform, \`[]\` for any element. Hidden in: other kinds whose value contains this one; they have to be dropped, too, for it to be gone.

${table(['kind', 'whose', 'found at', 'hidden in', 'has to be switched on', 'how long it stays the same'], identifiers.map(detail))}
${lookUpsOf(adapter)}${othersOf(adapter)}`;
}

export function indexPage(adapters: readonly ChannelAdapter[]): string {
  const rows = adapters.map(({ manifest, identifiers }) => [
    `[${manifest.title}](${manifest.channel}.md)`,
    code(manifest.channel),
    String(identifiers.length),
    identifiers.filter(({ role }) => role === 'routing').map(({ key }) => code(key)).join(', '),
  ]); // prettier-ignore
  return `<!-- Made from the channels' own data by test/docs/channels.test.ts: change those, not this page. -->

# What each channel exposes about people

${table(['channel', 'name in instructions', 'kinds of identifiers', 'people are answered by'], rows)}
`;
}
