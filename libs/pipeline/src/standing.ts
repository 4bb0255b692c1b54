// Which purposes are open for a person of whom no message is in hand: as the gate finds them, less what they objected to or have stopped.
import { closedByStop, gateOf, marketingOf, withAge, type CompiledInstructions } from '#libs/instructions';
import type { Store } from '#libs/store';
import { ageOf } from './age.js';

export interface Person {
  readonly subject_id: string;
  readonly marketing_stopped_at: Date | null;
}

interface Standing {
  readonly open: ReadonlySet<string>;
  readonly objected: readonly string[];
}

type Reads = Pick<Store, 'consentsOf' | 'agesOf' | 'objectionsOf'>;

export async function standingOf(instructions: CompiledInstructions, whom: Person, store: Reads): Promise<Standing> {
  const { tenantId, consents } = instructions;
  const now = new Date();
  const [records, { standing }, objected] = await Promise.all([
    consents.length > 0 ? store.consentsOf(tenantId, whom.subject_id) : [],
    ageOf(instructions, { subjectId: whom.subject_id, address: null }, { store, now }),
    store.objectionsOf(tenantId, whom.subject_id),
  ]);
  const closed = [...objected, ...closedByStop(instructions, records, whom.marketing_stopped_at)];
  const gate = withAge(gateOf(instructions, records, now), consents, standing);
  return { open: new Set([...gate.open].filter((one) => !closed.includes(one))), objected };
}

/** Nobody is looked up where nothing depends on what they agreed to or stopped. */
export async function openAside(
  instructions: CompiledInstructions,
  subjectId: string,
  store: Reads & Pick<Store, 'consentsAs'>,
): Promise<ReadonlySet<string>> {
  const depends = instructions.consents.length > 0 || marketingOf(instructions).length > 0;
  const whom = depends
    ? await store.consentsAs(instructions.tenantId, subjectId)
    : { subject_id: subjectId, marketing_stopped_at: null };
  // Erased meanwhile.
  return whom ? (await standingOf(instructions, whom, store)).open : new Set();
}
