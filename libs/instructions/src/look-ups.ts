// Kinds that no update brings: they are asked for at the platform, where a purpose that is open names them under `features`.
import type { IdentifierKind } from '#libs/kernel';
import { coveringOf } from './cover.js';
import type { CompiledInstructions } from './decision.js';

/** Registry paths `profile-api:…` name a call that we would have to make; a webhook path has no such prefix. */
const isCall = (path: string): boolean => /^[a-z-]+-api:/.test(path);

/** Could it be looked up at all, whether this release does so or not? */
export const hasLookUp = ({ paths }: IdentifierKind): boolean => paths.some(isCall);

/** It comes in no other way. */
export const needsLookUp = ({ paths }: IdentifierKind): boolean => paths.every(isCall);

/**
 * The kinds that may be asked for of a person for whom these purposes are open. What would only be passed on is not asked for where nobody
 * gets it, and nothing is where nothing could be kept.
 */
export function askedFor(compiled: CompiledInstructions, channel: string, open: ReadonlySet<string>): string[] {
  const clause = Object.hasOwn(compiled.channels, channel) ? compiled.channels[channel] : undefined;
  if (!clause?.enabled || coveringOf(compiled, 'routing', open) === null) return [];
  const isGiven = (key: string): boolean => compiled.recipients.some(({ identifiers }) => identifiers.includes(key));
  return Object.entries(clause.lookUps).flatMap(([key, purposes]) =>
    purposes.some((purpose) => open.has(purpose)) && (clause.identifiers[key]?.do !== 'pass' || isGiven(key)) ? [key] : [],
  );
} // prettier-ignore
