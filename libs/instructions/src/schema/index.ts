// The JSON Schema 2020-12 of a document: its shape. What it means is the linter's business.
import { categories, criminalData, legalHolds, minors, purposes, retention, specialCategories } from './purposes.js';
import { channels, freeText, recipients } from './channels.js';
import { contract, effective, law, parties } from './parties.js';
import { closed } from './shapes.js';
import { keywords, rights, statistics, texts } from './texts.js';

const SECTIONS = {
  schema: { const: 'parley-instructions/1' },
  effective,
  contract,
  parties,
  purposes,
  categories,
  channels,
  freeText,
  specialCategories,
  criminalData,
  minors,
  texts,
  keywords,
  retention,
  legalHolds,
  recipients,
  rights,
  statistics,
  law,
};
const REQUIRED = ['schema', 'parties', 'purposes', 'channels', 'texts', 'retention', 'recipients'] as const;

/** Published at its `$id`, so that editors complete and check a document while it is written. */
export const SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: '/schemas/parley-instructions-1.json',
  title: 'Parley processing instructions, version 1',
  description: 'What a controller instructs its processor to do with the data of the people who write to it. What is not written is refused.',
  ...closed(SECTIONS, REQUIRED),
}; // prettier-ignore
