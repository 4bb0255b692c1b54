// Rectification (Art. 16): what was put right with the decision is put right in everything that is held, before anybody says that it is done.
import { NIL_UUID } from '#libs/kernel';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CorrectBody, Store } from '#libs/store';
import type { TenantKeys } from '#libs/vault';

export interface RectifyDeps {
  readonly store: Pick<Store, 'correctedBy' | 'correctHeld' | 'settleCorrections' | 'turnsInHand'>;
  readonly correct: CorrectBody;
}

export interface Rectified {
  readonly evidence: { readonly corrected: true; readonly values: readonly string[]; readonly statements: number; readonly messages: number };
  /** As recipients know them. */
  readonly kinds: readonly string[];
} // prettier-ignore

const POLL_MS = 100;
/** Leases that a killed process left behind end before. */
const PATIENCE_MS = 60_000;

export function createRectify({ store, correct }: RectifyDeps) {
  /** A turn that began before may yet settle what it read before; those that begin now know what is right. */
  async function turnsToEnd(tenantId: string, subjects: readonly string[]): Promise<void> {
    const before = new Set(await store.turnsInHand(tenantId, subjects));
    for (let waited = 0; before.size > 0 && waited < PATIENCE_MS; waited += POLL_MS) {
      await sleep(POLL_MS);
      const now = new Set(await store.turnsInHand(tenantId, subjects));
      for (const lease of before) if (!now.has(lease)) before.delete(lease);
    }
  }

  async function putRight(keys: TenantKeys, requestId: string): Promise<number> {
    let changed = 0;
    for (let after: string | null = NIL_UUID; after !== null;) {
      const step = await store.correctHeld(keys, { requestId, after }, correct);
      changed += step?.changed ?? 0;
      after = step?.last ?? null;
    }
    return changed;
  }

  return async function rectified(
    keys: TenantKeys,
    of: { readonly requestId: string; readonly subjects: readonly string[] },
  ): Promise<Rectified> {
    const { tenantId } = keys;
    const given = await store.correctedBy(tenantId, of.requestId);
    const kinds = given.flatMap(({ channel, kind }) => (channel === null || kind === null ? [] : [{ channel, kind }]));
    if (kinds.length > 0) await turnsToEnd(tenantId, of.subjects);
    const messages = kinds.length > 0 ? await putRight(keys, of.requestId) : 0;
    await store.settleCorrections(tenantId, of.requestId);
    const statements = given.find(({ kind }) => kind === null)?.n ?? 0;
    const values = kinds.map(({ channel, kind }) => `${channel}/${kind}`);
    return {
      evidence: { corrected: true, values, statements, messages },
      kinds: [...new Set(kinds.map(({ kind }) => kind))],
    };
  };
}
