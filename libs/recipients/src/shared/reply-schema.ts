// What a bot may send back, as JSON Schemas by message type. Unknown fields are ignored, unknown types are refused.
import { UUID_PATTERN } from '#libs/kernel';

const text = { type: 'string', minLength: 1, maxLength: 65_536 } as const;
const short = { type: 'string', minLength: 1, maxLength: 1_000 } as const;
const url = { type: 'string', minLength: 1, maxLength: 2_048 } as const;

/** Our id of the message that is to be quoted, as it was given to the bot. */
const replyTo = { type: 'string', pattern: `^${UUID_PATTERN}$` } as const;

const message = (properties: Readonly<Record<string, object>>, required: readonly string[]) => ({
  type: 'object',
  properties: { type: true, ...properties },
  required,
  additionalProperties: false,
});

/** Ids come back as `message.choice` when the person chooses. */
const choice = {
  type: 'object',
  properties: { id: short, title: short, description: short },
  required: ['id', 'title'],
  additionalProperties: false,
} as const;
const choices = { type: 'array', items: choice, minItems: 1, maxItems: 50 } as const;

const section = {
  type: 'object',
  properties: { title: short, rows: choices },
  required: ['rows'],
  additionalProperties: false,
} as const;

const media = message({ url, caption: text, fileName: short, replyTo }, ['url']);

export const MEDIA_TYPES = ['image', 'video', 'audio', 'document', 'sticker'] as const;

export const REPLY_SCHEMAS: Readonly<Record<string, object>> = {
  text: message({ text, choices: { ...choices, minItems: 0 }, replyTo }, ['text']),
  image: media,
  video: media,
  audio: media,
  document: media,
  sticker: media,
  buttons: message({ text, buttons: choices, header: text, footer: text, replyTo }, ['text', 'buttons']),
  list: message(
    { text, button: short, sections: { type: 'array', items: section, minItems: 1, maxItems: 50 }, replyTo },
    ['text', 'button', 'sections'],
  ),
  // Components go to the platform as they are; the purpose stays here.
  template: message({ name: short, language: short, purpose: short, components: { type: 'array', maxItems: 50 } }, [
    'name',
    'language',
  ]),
  location: message(
    {
      latitude: { type: 'number', minimum: -90, maximum: 90 },
      longitude: { type: 'number', minimum: -180, maximum: 180 },
      name: short,
      address: short,
      replyTo,
    },
    ['latitude', 'longitude'],
  ),
  reaction: message({ emoji: { type: ['string', 'null'], minLength: 1, maxLength: 64 } }, ['emoji']),
  read: message({}, []),
  typing: message({}, []),
};
