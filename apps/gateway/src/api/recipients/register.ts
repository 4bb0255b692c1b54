// One line of the register of recipients: what the instructions say, and whether it is given anything at this time.
import { outOfTerm, type CompiledRecipient, type InstructionsDocument } from '#libs/instructions';
import type { RecipientObjection } from '#libs/store';
import type { RecipientDto } from './recipients.dto.js';

export interface Line {
  readonly line: InstructionsDocument['recipients'][string] | undefined;
  readonly objection: RecipientObjection | undefined;
  readonly now: number;
}

const STATES = { 'not-yet': 'announced', 'transfer-expired': 'transfer-expired', objected: 'objected' } as const;

function stateOf(recipient: CompiledRecipient, now: number): string {
  const out = outOfTerm(recipient, now);
  return out ? STATES[out.refused] : 'active';
}

export function registered(recipient: CompiledRecipient, { line, objection, now }: Line): RecipientDto {
  const { id, kind, url, purposes, data, identifiers, clause } = recipient;
  return {
    id,
    kind,
    url,
    purposes,
    data,
    identifiers,
    clause,
    role: line?.role ?? null,
    entity: line?.entity ?? null,
    country: line?.country ?? null,
    transfer: line?.transfer ?? null,
    from: line?.from ?? null,
    state: stateOf(recipient, now),
    objection: objection ? { by: objection.name, reason: objection.reason, at: objection.at.toISOString() } : null,
  };
}
