// The identifier registry of Instagram: every kind of personal identifier that the channel exposes.
import type { IdentifierKind } from '#libs/kernel';
import { lookupIdentifiers } from './identifiers-lookup.js';
import { publicIdentifiers } from './identifiers-public.js';
import { sessionIdentifiers } from './identifiers-session.js';

export const identifiers: readonly IdentifierKind[] = [
  ...sessionIdentifiers,
  ...publicIdentifiers,
  ...lookupIdentifiers,
];
