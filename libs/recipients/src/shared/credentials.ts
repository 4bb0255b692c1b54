// What a kind may be sent of the secret that we keep for a recipient: a key that was entered, never what we sign with.
import type { RecipientContext, RecipientKind } from '../contract.js';

/** How signing secrets begin (Standard Webhooks); one is made for every recipient that has none. */
const SIGNING_PREFIX = 'whsec_';

/** Secrets for the call, by the names that requests use; null: the kind asks for a key, and none was entered. */
export function secretsFor(kind: RecipientKind, secret: string): Readonly<Record<string, string>> | null {
  if (kind.transport === 'in-process' || kind.credential === 'signature') return {};
  if (!secret.startsWith(SIGNING_PREFIX)) return { key: secret };
  return kind.credential === 'key' ? null : {};
}

/** Can it be told of this at all? */
export const takes = (kind: RecipientKind, event: RecipientContext['event']): boolean =>
  kind.transport === 'in-process' || (kind.events?.includes(event) ?? true);
