// The end of a contract on every disk: what a process remembers of a ledger goes, whichever process ended the contract.
import type { Store } from '#libs/store';
import type { Anchors } from './anchors.js';

const PAGE = 500;

export interface EndedDeps {
  readonly store: Pick<Store, 'endedContracts' | 'tenantBySlug'>;
  readonly anchors: Pick<Anchors, 'forget' | 'remembered'>;
}

/** To be called by each process, at its start and from time to time. */
export function createForgetEnded({ store, anchors }: EndedDeps): () => Promise<void> {
  return async function forgetEnded() {
    const here = await anchors.remembered();
    for (let after: string | null = null; here.size > 0;) {
      const page = await store.endedContracts(after, PAGE);
      for (const { id, slug } of page)
        if (here.has(id) || here.has(slug))
          await anchors.forget({ id, slug: (await store.tenantBySlug(slug)) ? null : slug });
      if (page.length < PAGE) return;
      after = page.at(-1)!.id;
    }
  };
}
