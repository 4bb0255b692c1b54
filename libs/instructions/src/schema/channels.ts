// Sections on what comes in and what goes on: channels, free text, recipients.
import { about, action, category, closed, country, date, id, identifierKey, instant, line, listOf, mapOf, period, text, url } from './shapes.js'; // prettier-ignore

// `if` instead of `anyOf`: a mistake in the long form is then named as such, not as "neither of two".
const identifierAction = {
  if: { type: 'string' },
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
  then: action,
  else: closed({ do: action, purposes: listOf(id), period }, ['do']),
};

export const channels = {
  ...mapOf(
    closed(
      {
        enabled: { type: 'boolean' },
        identifiers: about('What happens to each kind of identifier; a kind that is not listed is dropped.', mapOf(identifierAction, identifierKey)),
        attachments: closed({
          types: about('`image`, `image/*` or `image/png`; a file of another type is not kept.', listOf(line)),
          maxBytes: { type: 'integer', minimum: 1 },
          stripMetadata: about('Takes what is embedded (EXIF, XMP, places, times) out of JPEG, PNG, WebP, GIF, HEIC, AVIF, TIFF, MP4, QuickTime, M4A, 3GP, WebM, MP3, Ogg, WAV, FLAC, PDF, OOXML and OpenDocument; true unless given.', { type: 'boolean' }),
        }),
        gpc: about('Whether the signal Sec-GPC of a browser is an objection to marketing and measuring; ignored unless given.', { type: 'string', enum: ['object', 'ignore'] }),
      },
      ['identifiers'],
    ),
  ),
  minProperties: 1,
}; // prettier-ignore

const treatment = { type: 'string', enum: ['as-is', 'tokenise', 'redact'] } as const;

export const freeText = closed({
  detect: listOf({
    type: 'string',
    enum: ['email', 'phone', 'iban', 'card', 'ip', 'national-id', 'address', 'name', 'own-identifiers'],
  }),
  beforeStore: treatment,
  beforeRecipient: mapOf(treatment),
});

const transfer = closed(
  {
    mechanism: about('A45-3 adequacy, A46-2-a…f and A46-3-a…b safeguards, A49-1-a…g derogations.', { type: 'string', pattern: '^A(45-3|46-2-[a-f]|46-3-[ab]|49-1-[a-g])$' }),
    ref: line,
    validUntil: date,
  },
  ['mechanism'],
); // prettier-ignore

export const recipients = mapOf(
  closed(
    {
      kind: { type: 'string', enum: ['webhook', 'rasa', 'openai', 'botframework', 'detector', 'crm', 'demo'] },
      role: { type: 'string', enum: ['sub-processor', 'controller-own', 'third-party'] },
      entity: about('Name of whoever stands behind it.', line),
      address: line,
      contact: about('Whom to ask there, as Annex IV of the clauses wants it.', line),
      signed: about('Date of the contract with it (Art. 28(4)).', date),
      url,
      country,
      transfer,
      purposes: { ...listOf(id), minItems: 1 },
      data: listOf(category),
      identifiers: about('Kinds of identifiers that it is sent; none unless listed.', listOf(identifierKey)),
      erasure: closed({ url, ackWithin: period }, ['url']),
      model: about('Kind openai: the model that answers.', line),
      prompt: about('Kind openai: what the model is told before each message. It is no place for secrets.', text),
      from: about('From when it receives data; a sub-processor has to be announced before.', instant),
    },
    ['kind', 'purposes', 'data'],
  ),
);
