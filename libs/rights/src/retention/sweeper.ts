// The sweeper: knows per tenant when something is due next, looks then and only then, and says how late it was.
import type { InForce } from '#libs/instructions';
import type { Isolate, Logger } from '#libs/platform';
import { succession, type Due, type Store, type Swept as SweptRows, type Without } from '#libs/store';
import type { ApprovedVersion } from '../statistics/bins.js';
import type { Counter } from '../statistics/counter.js';
import { rulingOf } from './due.js';
import { createDueTimes } from './due-times.js';
import { underHolds } from './holds.js';
import {
  begunUntil,
  cutoffOf,
  dueAt,
  isReadable,
  nameOf,
  rulesOf,
  tableOf,
  type Rule,
  type Swept,
  type Version,
} from './rules.js';

export interface SweeperDeps {
  readonly store: Store;
  /** Counts what is to be counted before it goes (`then: aggregate`). */
  readonly count: Counter;
  /** Takes a kind of identifier out of a message's sealed body. */
  readonly without: Without;
  readonly late: (category: Swept, seconds: number) => void;
  readonly isolate: Isolate;
  readonly log: Logger;
  readonly now: () => number;
}

interface Plan {
  /** How many rules have a period that cannot be read. */
  readonly unreadable: number;
  /** When the first of them can have something. */
  readonly next: number;
}

const EVERY_MS = 1_000;
const TENANTS_EVERY_MS = 60_000;
const ORPHANS_EVERY_MS = 3_600_000;
const AGAIN_EVERY_MS = 86_400_000;
/** What nothing instructed stores, and could not be handed over, may be sent again for so long. */
const FLEETING_MS = 86_400_000;
/** A plan is made anew after this time at the latest. */
const LONGEST_PLAN_MS = 3_600_000;
const PAGE = 500;
/** Steps of one rule in one go, so that one tenant does not keep the others waiting. */
const STEPS = 20;

export function createSweeper({ store, count, without, late, isolate, log, now }: SweeperDeps) {
  const plans = new Map<string, Plan | null>();
  /** Rules of which it was said that they cannot be read: once a day is enough. */
  const reported = new Set<string>();
  const dueTimes = createDueTimes({ store, now });
  let overdue = 0;
  let orphansAt = now() + ORPHANS_EVERY_MS;
  let againAt = now() + AGAIN_EVERY_MS;
  let tenantsAt = 0;
  let stopped = false;

  type Sweep = (due: Due) => Promise<SweptRows | null>;
  const sweeps: Readonly<Record<Exclude<Swept, 'identifier'>, Sweep>> = {
    content: store.sweepContent,
    attachments: store.sweepAttachments,
    identifiers: store.sweepIdentifiers,
    routing: store.sweepRouting,
    'consent-record': store.sweepConsentRecords,
    'age-record': store.sweepAgeRecords,
  };
  const sweepsOfWithdrawn: Partial<Record<Swept, Sweep>> = {
    content: store.sweepWithdrawnContent,
    attachments: store.sweepWithdrawnAttachments,
  };
  /** null: the tenant's keys are gone. */
  const sweepKind = async (due: Due, kind: NonNullable<Rule['kind']>): Promise<SweptRows | null> => {
    const keys = await store.tenantKeys(due.tenantId);
    return keys && store.sweepIdentifier({ ...due, ...kind }, keys, without);
  };
  function sweepOf({ category, start, kind }: Rule): Sweep {
    if (category === 'identifier') return (due) => sweepKind(due, kind!);
    return (start === 'withdrawal' ? sweepsOfWithdrawn[category] : undefined) ?? sweeps[category];
  }

  /** Rules of all approved versions, but for what legal holds keep. */
  function rulesFor(inForce: InForce | null, approved: readonly Version[]): Rule[] {
    if (!inForce) return [];
    const until = begunUntil(approved, inForce.version);
    const at = new Date(now());
    return rulesOf(until).flatMap((rule) => underHolds(rule, inForce.document, at) ?? []);
  }

  /** The first moment at which one of the rules has something: of what is there, or of what could come from now on. */
  async function nextOf(tenantId: string, rules: readonly Rule[]): Promise<number> {
    const times = await Promise.all(
      rules.map(async (rule) => {
        const waiting = await store.nextStart(tenantId, nameOf(rule), tableOf(rule));
        const newest = dueAt(new Date(now()), rule.period).getTime();
        return waiting ? Math.min(newest, dueAt(waiting, rule.period).getTime()) : newest;
      }),
    );
    return Math.min(...times, now() + LONGEST_PLAN_MS);
  }

  async function apply(tenantId: string, rule: Rule): Promise<void> {
    for (let step = 0; step < STEPS && !stopped; step += 1) {
      const at = new Date(now());
      const cutoff = cutoffOf(rule.period, at)!;
      const { start, under, purposes, kept = [] } = rule;
      const due = { tenantId, rule: nameOf(rule), start, cutoff, under, kept, ...(purposes ? { purposes } : {}) };
      const swept = await sweepOf(rule)(due);
      if (swept && swept.count > 0 && swept.oldest) {
        const seconds = Math.max(0, at.getTime() - dueAt(swept.oldest, rule.period).getTime()) / 1000;
        late(rule.category, seconds);
        log.info('retention.done', { tenantId, kind: rule.category, count: swept.count, ms: seconds * 1000 });
      }
      if (swept && swept.count > 0) await store.sweepCorrections(tenantId);
      if (!swept?.more) return;
    }
  }

  /** Figures that cannot be made do not keep the data: it goes when it is due. */
  const counted = (tenantId: string, inForce: InForce | null, approved: readonly ApprovedVersion[]): Promise<number> =>
    count(tenantId, inForce, approved).catch((error: unknown) => {
      log.error('statistics.failed', { tenantId, error });
      return now() + EVERY_MS * 10;
    });

  /** A stored document may be older than the form that is asked for today. What goes by such a rule stays until it is corrected. */
  function report(tenantId: string, rule: Rule): void {
    const key = `${tenantId} ${nameOf(rule)}`;
    if (!reported.has(key)) log.error('retention.unreadable', { tenantId, kind: rule.category, version: rule.upTo });
    reported.add(key);
  }

  async function sweep(tenantId: string): Promise<void> {
    const versions = await store.instructionVersions(tenantId);
    const approved = succession(versions) as unknown as ApprovedVersion[];
    const inForce = (await store.instructionsInForce(tenantId)) as InForce | null;
    const countAt = await counted(tenantId, inForce, approved);
    const all = rulesFor(inForce, approved);
    const rules = all.filter(isReadable);
    // What a later version says otherwise is corrected.
    const unreadable = all.filter((rule) => !isReadable(rule) && rule.upTo === inForce?.version);
    for (const rule of unreadable) report(tenantId, rule);
    for (const rule of rules) await apply(tenantId, rule);
    // A second at the least: what is looked at again and again waits for something newer to become old.
    const sweepAt = rules.length > 0 ? await nextOf(tenantId, rules) : now() + LONGEST_PLAN_MS;
    const isStamped =
      !inForce || (await dueTimes.stamp(tenantId, rulingOf(inForce.document, begunUntil(approved, inForce.version))));
    const next = isStamped ? Math.min(sweepAt, countAt) : now();
    plans.set(tenantId, { unreadable: unreadable.length, next: Math.max(next, now() + EVERY_MS) });
  }

  async function findTenants(): Promise<void> {
    const found = new Set<string>();
    for (let after = ''; ;) {
      const page = await store.tenants(after, PAGE);
      for (const { id } of page) found.add(id);
      if (page.length < PAGE) break;
      after = page.at(-1)!.slug;
    }
    for (const id of plans.keys()) if (!found.has(id)) plans.delete(id);
    for (const id of found) if (!plans.has(id)) plans.set(id, null);
  }

  const tenantsKnown = () => [...plans.keys()].map((tenant_id) => ({ tenant_id }));
  const due = (): string[] => [...plans].filter(([, plan]) => plan === null || plan.next <= now()).map(([id]) => id);

  /** What hangs on nothing goes each hour, and what ought to be gone is looked for; once a day everything is looked at again; months that are empty are dropped. */
  async function tidy(): Promise<void> {
    if (orphansAt > now()) return;
    orphansAt = now() + ORPHANS_EVERY_MS;
    const again = againAt <= now();
    if (again) againAt = now() + AGAIN_EVERY_MS;
    if (again) {
      reported.clear();
      dueTimes.again();
    }
    await isolate({ name: 'retention-hourly' }, tenantsKnown(), async ({ tenant_id: tenantId }) => {
      if (again) await store.forgetMarks(tenantId);
      await store.sweepFleeting(tenantId, new Date(now() - FLEETING_MS));
      await store.sweepOrphans(tenantId);
      await store.sweepCorrections(tenantId);
    });
    await store.dropEmptyMonths();
    await lookForOverdue();
  }

  async function lookForOverdue(): Promise<void> {
    let found = 0;
    await isolate({ name: 'retention-overdue' }, tenantsKnown(), async ({ tenant_id: tenantId }) => {
      const count = await dueTimes.overdue(tenantId);
      if (count > 0) log.error('retention.overdue', { tenantId, count });
      found += count;
    });
    overdue = found;
  }

  return {
    /** Something about a tenant changed, or about any: look anew. */
    changed(tenantId: string | null): void {
      if (tenantId === null) tenantsAt = 0;
      for (const id of tenantId === null ? plans.keys() : [tenantId]) plans.set(id, null);
    },
    async run(): Promise<void> {
      if (tenantsAt <= now()) {
        await findTenants();
        tenantsAt = now() + TENANTS_EVERY_MS;
      }
      for (const tenantId of due()) {
        if (stopped) return;
        await sweep(tenantId).catch((error: unknown) => {
          plans.set(tenantId, { unreadable: 0, next: now() + EVERY_MS * 10 });
          log.error('retention.failed', { tenantId, error });
        });
      }
      await tidy();
    },
    /** Rules that nothing goes by, because their period cannot be read: of the tenants that this process has looked at. */
    unreadable: (): number => [...plans.values()].reduce((sum, plan) => sum + (plan?.unreadable ?? 0), 0),
    /** Of all tenants, conversations with something that ought to be gone, when that was last looked for. */
    overdue: (): number => overdue,
    /** Ends after the step in hand: the rest is due still, for the next process. */
    stop(): void {
      stopped = true;
    },
  };
}
