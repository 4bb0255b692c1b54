// Consents that end by time are written down when they do, whether or not the person writes again: what was kept on them is to go.
import { consentsOf, type CompiledConsent, type InstructionsDocument } from '#libs/instructions';
import type { Logger } from '#libs/platform';
import { cutoffOf } from '#libs/rights';
import type { InstructionVersion, Store } from '#libs/store';
import { repeating } from './repeating.js';

export interface LapsesDeps {
  readonly store: Pick<Store, 'tenants' | 'instructionsInForce' | 'consentsGivenBy' | 'expireConsents'>;
  readonly log: Logger;
  readonly now: () => number;
}

const EVERY_MS = 600_000;
const PAGE = 500;
const LIMIT = 200;

export function createLapses({ store, log, now }: LapsesDeps) {
  async function expire(tenantId: string, version: number, consent: CompiledConsent): Promise<void> {
    // Until when it stands cannot be read: then it does not (`lapseOf`).
    const at = new Date(now());
    const by = cutoffOf(consent.expires!, at) ?? at;
    for (const purpose of consent.purposes) {
      const given = await store.consentsGivenBy(tenantId, { purpose, scope: consent.scope, by, limit: LIMIT });
      if (given.length === 0) continue;
      const ids = given.map(({ id }) => id);
      const count = await store.expireConsents(tenantId, ids, { version, clause: consent.clause });
      log.info('consent.expired', { tenantId, count });
    }
  }

  async function ofTenant(tenantId: string): Promise<void> {
    const inForce: InstructionVersion | null = await store.instructionsInForce(tenantId);
    if (!inForce) return;
    const consents = consentsOf(inForce.document as InstructionsDocument).filter(({ expires }) => expires !== null);
    for (const consent of consents) await expire(tenantId, inForce.version, consent);
  }

  async function run(): Promise<void> {
    for (let after = ''; ;) {
      const page = await store.tenants(after, PAGE);
      for (const { id } of page)
        await ofTenant(id).catch((error: unknown) => log.error('consent.ending-failed', { tenantId: id, error }));
      if (page.length < PAGE) return;
      after = page.at(-1)!.slug;
    }
  }

  return repeating(run, { everyMs: EVERY_MS, failed: (error) => log.error('consent.ending-failed', { error }) });
}
