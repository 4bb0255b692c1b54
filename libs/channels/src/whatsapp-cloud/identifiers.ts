// The identifier registry of WhatsApp Cloud API: what the platform exposes about people, as data.
import type { IdentifierKind } from '#libs/kernel';
import { messages } from './identifiers/messages.js';
import { people } from './identifiers/people.js';
import { surroundings } from './identifiers/surroundings.js';

/** Source: Meta’s webhook reference (March 2026), changelog of 11 August 2026, payloads seen in production by others. */
export const identifiers: readonly IdentifierKind[] = [...people, ...messages, ...surroundings];
