// Faults that were ordered for the next calls: each is used up by the call that meets it.
import { statusOf, errorBody, type GraphError } from './errors.js';
import type { Fault } from './types.js';
import type { Answer, World } from './world.js';

/** Takes the next fault, counting it down. */
export function nextFault(world: World, of: 'faults' | 'profileFaults' = 'faults'): Fault | null {
  const [fault, ...rest] = world.behaviour[of];
  if (!fault) return null;
  const left = (fault.times ?? 1) - 1;
  world.behaviour = { ...world.behaviour, [of]: left > 0 ? [{ ...fault, times: left }, ...rest] : rest };
  return fault;
}

export const refuse = (error: GraphError, product: 'whatsapp' | 'graph'): Answer => ({
  status: statusOf(error),
  body: errorBody(error, product),
});

/** What a fault answers at once; `disconnect-after-accept` is null here, since it lets the call through. */
export function faultAnswer(fault: Fault | null, product: 'whatsapp' | 'graph'): Answer | null {
  if (!fault || fault.kind === 'disconnect-after-accept') return null;
  if (fault.kind === 'error') return refuse({ code: fault.code, subcode: fault.subcode }, product);
  return { status: 0, body: null, lost: fault.kind };
}
