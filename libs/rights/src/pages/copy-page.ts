// The copy for people: the same data as the JSON, in an order in which it can be read.
import type { PersonCopy } from '../acts/copy.js';
import { escape, page, table, terms } from './html.js';

/** What of a stored body can be read at once; the rest as JSON. */
function readable(content: unknown): string {
  if (content === null) return '—';
  if (typeof content !== 'object') return JSON.stringify(content);
  const inner = 'content' in content ? content.content : content;
  if (typeof inner === 'object' && inner !== null && 'text' in inner && typeof inner.text === 'string')
    return inner.text;
  return JSON.stringify(inner ?? content);
}

function conversationPart(conversation: PersonCopy['conversations'][number]): string {
  const rows = conversation.messages.map((m) => [
    m.at,
    m.direction === 'in' ? 'you' : 'to you',
    [readable(m.content), ...m.attachments.map((a) => `[${a.media}, ${a.mime}, ${a.size} bytes]`)].join(' '),
  ]);
  const title = `${conversation.channel}: ${conversation.connection}, since ${conversation.since}`;
  return `<h3>${escape(title)}</h3>${table('Messages', ['When', 'Who', 'What'], rows)}`;
}

function processingPart(copy: PersonCopy): string {
  const p = copy.processing;
  if (!p) return '';
  const recipients = p.recipients.map((r) => [r.recipient, r.entity ?? '—', r.country ?? '—', r.purpose, r.categories.join(', '), `${r.firstAt} – ${r.lastAt}`]); // prettier-ignore
  return [
    '<h2>Why, who, how long</h2>',
    table('Purposes', ['Purpose', 'Legal basis', 'Data'], p.purposes.map((x) => [`${x.id} (${x.dpv})`, x.basis ?? '—', x.data.join(', ')])),
    table('Recipients', ['Recipient', 'Entity', 'Country', 'Purpose', 'Data', 'When'], recipients),
    table('Retention', ['Data', 'Counted from', 'For'], p.retention.map((r) => [r.data, r.start ?? 'last-activity', r.period])),
    table('Consents', ['Purpose', 'State', 'When'], p.consents.map((c) => [c.purpose, c.state, c.at])),
    table('Objections', ['Purpose', 'When'], p.objections.map((o) => [o.purpose, o.at])),
    table('Instructions', ['Version', 'SHA-256'], p.instructions.map((i) => [String(i.version), i.sha256])),
    terms([['Source', p.sources.join('; ') || null], ['Automated decisions', p.automatedDecisions]]),
  ].join(''); // prettier-ignore
}

function copyPart(copy: PersonCopy): string {
  const { person } = copy;
  return [
    terms([
      ['Controller', copy.controller ? `${copy.controller.name}, ${copy.controller.contact}` : null],
      ['Data protection officer', copy.dpo ? `${copy.dpo.name ?? ''} ${copy.dpo.contact}`.trim() : null],
      ['Supervisory authority', copy.authority ? `${copy.authority.name ?? ''} ${copy.authority.contact}`.trim() : null],
      ['Made', copy.madeAt],
      ['First contact', person.since],
      ['Processing restricted', person.restricted ? 'yes' : 'no'],
      ['No marketing since', person.marketingStoppedAt],
    ]),
    table('Identifiers', ['Kind', 'Value', 'From', 'Until'], person.identifiers.map((i) => [i.kind, i.value, i.from, i.until ?? '—'])),
    '<h2>Conversations</h2>',
    ...copy.conversations.map(conversationPart),
    processingPart(copy),
  ].join(''); // prettier-ignore
}

export const copyPage = (copies: readonly PersonCopy[]): string =>
  page(
    'en',
    'Copy of personal data',
    copies.length === 0 ? '<p>No personal data is held.</p>' : copies.map(copyPart).join('<hr>'),
  );
