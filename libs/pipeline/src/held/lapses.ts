// Consents that end by themselves are written down when they do, whether or not the person writes again: by time, what was kept on them is
// to go; by another version of the instructions, their records' time begins.
import { consentsOf, type CompiledConsent, type InstructionsDocument } from '#libs/instructions';
import type { Logger } from '#libs/platform';
import { cutoffOf } from '#libs/rights';
import type { InstructionVersion, Store } from '#libs/store';
import { repeating } from './repeating.js';

export interface LapsesDeps {
  readonly store: Pick<
    Store,
    'tenants' | 'instructionsInForce' | 'consentsGivenBy' | 'expireConsents' | 'invalidateConsents'
  >;
  readonly log: Logger;
  readonly now: () => number;
}

const EVERY_MS = 600_000;
const PAGE = 500;
const LIMIT = 200;
/** Steps of one tenant in one go, so that one tenant does not keep the others waiting. */
const STEPS = 50;

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

  /** What is not done in one go is carried on in the next, from where it stands: nobody relies on these consents meanwhile (`stateOf`). */
  async function invalidate(tenantId: string, version: number, consents: readonly CompiledConsent[]): Promise<void> {
    const asked = consents.flatMap(({ purposes, scope, clause }) =>
      purposes.map((purpose) => ({ purpose, scope, clause })),
    );
    for (let step = 0; step < STEPS; step += 1) {
      const done = await store.invalidateConsents(tenantId, { version, asked, now: new Date(now()) });
      if (done && done.count > 0) log.info('consent.invalidated', { tenantId, count: done.count });
      if (!done?.more) return;
    }
  }

  async function ofTenant(tenantId: string): Promise<void> {
    const inForce: InstructionVersion | null = await store.instructionsInForce(tenantId);
    if (!inForce) return;
    const consents = consentsOf(inForce.document as InstructionsDocument);
    for (const consent of consents) if (consent.expires !== null) await expire(tenantId, inForce.version, consent);
    await invalidate(tenantId, inForce.version, consents);
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
