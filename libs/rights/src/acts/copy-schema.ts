// The published schema of a copy, so that whoever receives one can read it by machine (Art. 20(1)).
import { SUSPICIONS } from '../incidents/components.js';
import { ACCESS_SCHEMA } from './copy.js';

const text = { type: 'string' } as const;
const time = { type: 'string', format: 'date-time' } as const;
const orNull = (shape: { readonly type: string }) => ({ ...shape, type: [shape.type, 'null'] });
const listOf = (items: object) => ({ type: 'array', items });
const object = (properties: Readonly<Record<string, object>>, optional: readonly string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
});

const instructions = object({ version: { type: 'integer' }, clause: text });
const attachment = object({ id: text, media: text, mime: text, size: { type: 'integer' }, url: text }, ['url']);
const statement = object({ text, at: time });
const sha256 = { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'Of the RFC 8785 form of the record without this member and without addresses of attachments.' } as const; // prettier-ignore
const message = object({
  id: text,
  direction: { enum: ['in', 'out'] },
  type: text,
  at: time,
  state: text,
  code: orNull(text),
  purposes: listOf(text),
  needsConsent: listOf(text),
  waitsFor: listOf(text),
  waitsUntil: orNull(time),
  content: {},
  replyTo: orNull(text),
  instructions,
  statements: listOf(statement),
  attachments: listOf(attachment),
  deliveries: listOf(object({ status: text, code: orNull(text), clause: text, at: time })),
  sha256,
});
const conversation = object({
  id: text, channel: text, connection: text, locale: orNull(text), since: time, lastFromPersonAt: orNull(time), withAnotherAppAt: orNull(time),
  noticeSha256: orNull(text), contentGoesBy: orNull(time), goesBy: orNull(time), instructions, tokens: {}, messages: listOf(message),
}, ['tokens']); // prettier-ignore
const identifier = object({ kind: text, value: text, clause: text, from: time, until: orNull(time) });
const correction = object({ channel: text, kind: text, value: text, clause: text, at: time });
const recipient = object({
  recipient: text, entity: orNull(text), country: orNull(text), transfer: orNull({ type: 'object' }),
  pseudonym: { ...text, description: 'Under which the recipient knows the person.' },
  conversations: listOf(object({ conversation: text, pseudonym: text })),
  purpose: text, categories: listOf(text), instructions, count: { type: 'integer' }, firstAt: time, lastAt: time,
}); // prettier-ignore
const processing = object({
  purposes: listOf({ type: 'object' }),
  recipients: listOf(recipient),
  retention: listOf({ type: 'object' }),
  consents: listOf({ type: 'object' }),
  objections: listOf({ type: 'object' }),
  sensitive: listOf(
    object({
      message: text,
      section: text,
      mode: text,
      told: { type: 'boolean' },
      text: { type: 'object' },
      instructions,
      at: time,
      goesBy: orNull(time),
      goneAt: orNull(time),
    }),
  ),
  incidents: listOf(
    object({
      id: text,
      from: time,
      to: time,
      suspicion: listOf({ enum: SUSPICIONS }),
      categories: listOf(text),
      messages: { type: 'integer' },
      firstAt: orNull(time),
      lastAt: orNull(time),
      controllerToldAt: time,
      sha256,
    }),
  ),
  ages: listOf(
    object({
      state: text,
      threshold: { type: 'integer' },
      source: text,
      text: { type: 'object' },
      channel: text,
      instructions,
      at: time,
    }),
  ),
  instructions: listOf({ type: 'object' }),
  requests: listOf(
    object({
      right: text,
      state: text,
      source: text,
      purpose: orNull(text),
      receivedAt: time,
      due: time,
      extendedBecause: orNull(text),
      decidedAt: orNull(time),
      justification: orNull(text),
      completedAt: orNull(time),
      liftedAt: orNull(time),
      goesBy: orNull(time),
    }),
  ),
  sources: listOf(text),
  derived: listOf(text),
  automatedDecisions: text,
});
const copy = object(
  {
    schema: { const: ACCESS_SCHEMA },
    request: object({ id: text, right: { enum: ['access', 'portability'] }, receivedAt: time }),
    madeAt: time,
    controller: orNull({ type: 'object' }),
    dpo: orNull({ type: 'object' }),
    authority: orNull({ type: 'object' }),
    person: object({
      id: text, since: time, restricted: { type: 'boolean' }, marketingStoppedAt: orNull(time), identifiers: listOf(identifier),
      corrections: listOf(correction), statements: listOf(statement),
    }),
    conversations: listOf(conversation),
    processing,
  },
  ['processing'],
); // prettier-ignore

export const COPY_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: ACCESS_SCHEMA,
  title: 'Parley copy of personal data, version 1',
  description: 'Everything held about a person (Art. 15 GDPR), or what the person provided (Art. 20). No copies: nothing is held.',
  ...object({ request: text, copies: listOf(copy) }),
}; // prettier-ignore
