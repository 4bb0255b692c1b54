// What was put right goes where its kind may not be held any more in that form.
import type { HeldRules } from '#libs/instructions';
import type { Store } from '#libs/store';

export interface CorrectedOf {
  readonly tenantId: string;
  /** Left out: of everybody. */
  readonly persons?: readonly string[];
  readonly rulesFor: (channel: string) => HeldRules;
}

export async function dropCorrections(
  store: Pick<Store, 'correctedKinds' | 'dropCorrections'>,
  { tenantId, persons, rulesFor }: CorrectedOf,
): Promise<void> {
  for (const corrected of await store.correctedKinds(tenantId, persons)) {
    const ruling = rulesFor(corrected.channel).identifiers[corrected.kind]?.do;
    if (ruling === 'keep' || (corrected.form !== null && ruling === corrected.form)) continue;
    await store.dropCorrections(tenantId, corrected, persons);
  }
}
