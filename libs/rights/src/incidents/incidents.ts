// Incidents from suspicion to the last notice: opened for every tenant in question, counted, told in phases, closed.
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { v7 as uuid } from 'uuid';
import { keptBeside, type Facts, type InForce, type InstructionsDocument } from '#libs/instructions';
import { Problem } from '#libs/kernel';
import type { Isolate, Logger } from '#libs/platform';
import type { IncidentNoticeRow, IncidentRow, KeptBeside, Store, TenantRow } from '#libs/store';
import { reachOf } from './components.js';
import { lettersOf, type Letter } from './letter.js';
import { noticeOf, noticeText, type BreachNotice, type Phase } from './notice.js';

export interface IncidentDeps {
  readonly store: Store;
  readonly facts: Facts;
  /** Name and contact of the operator. */
  readonly processor: string | null;
  readonly isolate: Isolate;
  readonly log: Logger;
  readonly now: () => number;
}

export interface Suspected {
  readonly from: Date;
  readonly to: Date;
  readonly components: readonly string[];
  readonly suspicion: readonly string[];
  /** Slugs; absent: every tenant. */
  readonly tenants?: readonly string[];
}

/** What is said of an incident beyond what the list says. */
export interface Known {
  readonly phase: Phase;
  readonly consequences?: string;
  readonly measures?: string;
}

export interface Draft {
  readonly notice: BreachNotice;
  readonly text: string;
  readonly letters: readonly Letter[];
}

const PAGE = 500;
const BATCH = 50;
const TOGETHER = 8;

export function createIncidents({ store, facts, processor, isolate, log, now }: IncidentDeps) {
  const inForceOf = async (tenantId: string): Promise<InForce | null> =>
    (await store.instructionsInForce(tenantId)) as InForce | null;

  async function besideOf(tenantId: string): Promise<KeptBeside[]> {
    const versions = await store.instructionVersions(tenantId);
    return versions.flatMap(({ version, document }) =>
      Object.entries(keptBeside(document as InstructionsDocument, facts))
        .filter(([, categories]) => categories.length > 0)
        .map(([channel, categories]) => ({ version, channel, categories })),
    );
  }

  async function tenantsOf(slugs: readonly string[] | undefined): Promise<TenantRow[]> {
    const found: TenantRow[] = [];
    if (slugs) {
      for (const slug of slugs) found.push((await store.tenantBySlug(slug)) ?? missing());
      return found;
    }
    for (let after = ''; ;) {
      const page = await store.tenants(after, PAGE);
      found.push(...page);
      if (page.length < PAGE) return found;
      after = page.at(-1)!.slug;
    }
  }

  function missing(): never {
    throw new Problem('not-found');
  }

  async function draftFor(row: IncidentRow, known: Known): Promise<Draft> {
    const inForce = await inForceOf(row.tenant_id);
    const notice = noticeOf({ ...known, row, inForce, processor, at: new Date(now()) });
    return { notice, text: noticeText(notice), letters: lettersOf(notice, inForce) };
  }

  const rowOf = async (tenantId: string, id: string): Promise<IncidentRow> =>
    (await store.incidentOf(tenantId, id)) ?? missing();

  async function across(id: string) {
    const rows = await store.incidentAcross(id);
    return rows.length > 0 ? rows : missing();
  }

  return {
    /** Puts a suspicion on record for each tenant in question; the lists are made afterwards. @throws Problem not-found */
    async open({ tenants, ...suspected }: Suspected): Promise<string> {
      const id = uuid();
      const concerned = await tenantsOf(tenants);
      for (let n = 0; n < concerned.length; n += TOGETHER)
        await Promise.all(
          concerned.slice(n, n + TOGETHER).map((tenant) => store.openIncident(tenant.id, { id, ...suspected })),
        );
      log.warn('incident.opened', { requestId: id, count: concerned.length });
      return id;
    },

    /** Makes the lists that are not made, in whatever process. */
    async count(): Promise<void> {
      const uncounted = await store.uncountedIncidents(BATCH);
      await isolate({ name: 'incidents' }, uncounted, async ({ tenant_id: tenantId, id }) => {
        const row = await store.countIncident(tenantId, id, {
          reachOf: ({ components }) => reachOf(components),
          beside: await besideOf(tenantId),
        });
        if (row) log.info('incident.counted', { tenantId, requestId: id, count: row.persons });
      });
    },

    list: store.incidentsAcross,
    across,
    one: rowOf,
    draft: async (tenantId: string, id: string, known: Known): Promise<Draft> =>
      draftFor(await rowOf(tenantId, id), known),

    /**
     * Tells each tenant that is concerned: the notice is in its register from then on, and in its ledger. The first is given once; giving it
     * again changes nothing. A first notice may be given before the lists are made, then to every tenant in question.
     */
    async tell(id: string, known: Known): Promise<{ slug: string; notice: IncidentNoticeRow }[]> {
      const told: { slug: string; notice: IncidentNoticeRow }[] = [];
      for (const { tenant_id: tenantId, slug } of await across(id)) {
        const row = await rowOf(tenantId, id);
        if (row.closed_at) throw new Problem('conflict', 'The incident is closed.');
        const earlier = await store.incidentNotices(tenantId, id);
        if (row.counted_at && row.persons === 0 && earlier.length === 0) continue;
        if (known.phase !== 'first' && earlier.length === 0)
          throw new Problem('conflict', 'The first notice was not given.');
        const draft = await draftFor(row, known);
        const body = { ...draft.notice, text: draft.text, letters: draft.letters };
        const sha256 = createHash('sha256').update(canonicalize(body)!).digest('hex');
        const notice = await store.giveIncidentNotice(tenantId, id, { id: uuid(), phase: known.phase, body, sha256 });
        if (notice) told.push({ slug, notice });
      }
      log.warn('incident.told', { requestId: id, count: told.length });
      return told;
    },

    async close(id: string): Promise<void> {
      for (const { tenant_id: tenantId } of await across(id)) await store.closeIncident(tenantId, id);
    },

    /** The register of one tenant (Art. 33(5)). */
    register: store.incidentsOf,
    notices: store.incidentNotices,
    persons: store.incidentPersons,
  };
}

export type Incidents = ReturnType<typeof createIncidents>;
