// Sections on what people are told and may do: texts, keywords, rights, statistics.
import { INTENTS } from '../intent/words.js';
import { BIN_UNITS, DIMENSIONS, SMALLEST_GROUP } from '../statistics.js';
import { about, closed, id, language, listOf, mapOf, period, text, url } from './shapes.js';

const words = mapOf(listOf({ type: 'string', minLength: 1, maxLength: 60 }), language);

/** Language codes stand beside the other keys. */
export const texts = mapOf({
  type: 'object',
  properties: {
    version: { type: ['string', 'integer'], maxLength: 40 },
    purposes: listOf(id),
    accept: words,
    refuse: words,
    expires: period,
    askAgainAfter: period,
    meanwhile: { type: 'string', enum: ['hold', 'discard'] },
    holdFor: period,
  },
  patternProperties: { [language.pattern]: text },
  additionalProperties: false,
  maxProperties: 60,
});

export const keywords = mapOf(
  closed(
    Object.fromEntries(
      INTENTS.map((k) => [k, listOf({ type: 'string', minLength: 1, maxLength: 60 })]),
    ),
  ),
  language,
); // prettier-ignore

const decided = { type: 'string', enum: ['automatic', 'after-verification', 'controller-approves'] } as const;

export const rights = closed({
  erase: decided,
  access: decided,
  object: decided,
  verify: { type: 'string', enum: ['same-channel'] },
  others: { type: 'string', enum: ['as-is', 'redact'], description: 'Other people in the copy of a person.' },
  mentions: {
    type: 'string',
    enum: ['redact', 'list'],
    description:
      'Who was erased, in the messages of others: taken out, or listed for you. Not looked for unless given.',
  },
  due: period,
  webhook: about('Where you are told what becomes of requests: ids, states and times.', url),
});

export const statistics = closed({
  enabled: { type: 'boolean' },
  minimumGroup: about('No figure is about fewer persons.', { type: 'integer', minimum: SMALLEST_GROUP, maximum: 10_000 }),
  time: { type: 'string', enum: BIN_UNITS },
  dimensions: listOf({ type: 'string', enum: DIMENSIONS }),
}); // prettier-ignore
