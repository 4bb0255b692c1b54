// The identifier registry of Messenger: every kind of personal identifier that the channel exposes.
import type { IdentifierKind } from '#libs/kernel';
import { lookupIdentifiers } from './identifiers-lookup.js';
import { metadataIdentifiers } from './identifiers-metadata.js';
import { sessionIdentifiers } from './identifiers-session.js';

export const identifiers: readonly IdentifierKind[] = [
  ...sessionIdentifiers,
  ...metadataIdentifiers,
  ...lookupIdentifiers,
];
