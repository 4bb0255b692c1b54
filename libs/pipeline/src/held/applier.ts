// Applies stricter versions to what is held: batch by batch, from where the row of each says that it stands. The rows are the queue.
import {
  compile,
  heldRules,
  holdsAt,
  readingHeld,
  stricterThan,
  type CompiledInstructions,
  type Facts,
  type InstructionsDocument,
} from '#libs/instructions';
import type { Logger } from '#libs/platform';
import { succession, type Application, type InstructionVersion, type Store } from '#libs/store';
import type { TenantKeys } from '#libs/vault';
import { createHeldBatch } from './batch.js';
import { dropCorrections } from './corrected.js';
import { createRounds } from './rounds.js';

export interface ApplierDeps {
  readonly store: Store;
  readonly facts: Facts;
  /** How long something that was decided by the version before may still be in flight, in ms; 10,000 unless given. */
  readonly settleMs?: number;
  readonly log: Logger;
  readonly now: () => number;
}

const SETTLE_MS = 10_000;
const HOLD_MS = 60_000;
const TENANTS_AT_ONCE = 50;
/** Batches of one tenant in one go, so that one tenant does not keep the others waiting. */
const STEPS = 25;

interface Job {
  readonly tenantId: string;
  readonly keys: TenantKeys;
  readonly compiled: CompiledInstructions;
  readonly application: Application;
  readonly earlier: readonly number[];
}

/** What is to be done for a version: in which points it is stricter than those that began before it. */
interface Begun {
  readonly stricter: readonly string[];
  readonly earlier: readonly number[];
}

const CLAUSE = /^\/channels\/([^/]+)\/identifiers\//;

export function createApplier({ store, facts, settleMs = SETTLE_MS, log, now }: ApplierDeps) {
  const compiled = (tenantId: string, { version, hash, document }: InstructionVersion): CompiledInstructions =>
    compile(document as InstructionsDocument, facts, { tenantId, version, hash, privacyPage: '' });

  /** In what it is stricter than any version under which something may still be held. */
  function stricterOf(tenantId: string, version: InstructionVersion, before: readonly InstructionVersion[]): string[] {
    const after = compiled(tenantId, version);
    return [...new Set(before.flatMap((one) => stricterThan(compiled(tenantId, one), after)))];
  }

  /** Those that began before it, whatever their numbers. */
  function beforeOf({ version }: InstructionVersion, all: readonly InstructionVersion[]): readonly InstructionVersion[] {
    const order = succession(all);
    return order.slice(0, order.findIndex((one) => one.version === version));
  }

  /** Null: there is nothing to do, and the row says why. */
  async function begin(tenantId: string, version: InstructionVersion, row: Application): Promise<Begun | null> {
    const all = await store.instructionVersions(tenantId);
    const before = beforeOf(version, all);
    const earlier = before.map((one) => one.version);
    if (row.state !== 'waiting' && row.state !== 'on-hold') return { stricter: row.stricter, earlier };
    const stricter = stricterOf(tenantId, version, before);
    const then = (await store.instructionsAt(tenantId, row.started_at ?? row.not_before)).version;
    const inForce = row.state === 'on-hold' || then?.version === version.version;
    if (!inForce || stricter.length === 0) {
      const state = inForce ? 'not-needed' : 'not-in-force';
      await store.finishApplication(tenantId, version.version, { state, leaf: null });
      return null;
    }
    await store.beginApplication(tenantId, version.version, { stricter, earlier });
    return { stricter, earlier };
  }

  /** Art. 17(3) and the order of the instructions: what has to be kept for a claim is kept as it is. */
  async function isOnHold(tenantId: string): Promise<boolean> {
    const { document } = (await store.instructionsInForce(tenantId)) ?? {};
    return holdsAt((document as InstructionsDocument | undefined) ?? null, new Date(now())).length > 0;
  }

  async function dropIdentities({ tenantId, compiled: version }: Job): Promise<void> {
    for (const { clause, kind } of await store.identityClauses(tenantId)) {
      const channel = CLAUSE.exec(clause)?.[1];
      if (channel === undefined || heldRules(version, channel).identifiers[kind]?.do === 'keep') continue;
      await store.dropIdentities(tenantId, version.version, { clause, kind });
    }
  }

  /** Once a round: what was in flight in the first is there in the second. */
  async function dropReadings({ tenantId, compiled: version, earlier }: Job): Promise<void> {
    for (const channel of Object.keys(facts.channels)) {
      const left = readingHeld(version, channel);
      if (left !== 'moment') await store.dropReadings(tenantId, version.version, { channel, earlier, left });
    }
  }

  async function finish({ tenantId, compiled: { version, hash } }: Job): Promise<void> {
    const row = (await store.application(tenantId, version))!;
    const { stricter, examined, changed } = row;
    // All of the version is applied; `stricter` names the clauses that change something.
    const leaf = { type: 'instructions-applied', version, hash, clause: '', stricter, examined, changed };
    await store.finishApplication(tenantId, version, { state: 'done', leaf });
    log.info('instructions.applied', { tenantId, version, count: changed });
  }

  /** Once everything was looked at, once more: what was in flight, or in a worker's hand, is there by then. */
  async function roundEnded(job: Job): Promise<void> {
    const row = await store.application(job.tenantId, job.compiled.version);
    if (row?.finished_at !== null) return;
    if (row.round > 1 && row.skipped === 0) return finish(job);
    await store.nextRound(job.tenantId, job.compiled.version, settleMs);
  }

  async function carryOn(job: Job): Promise<void> {
    const { tenantId, compiled: version, keys } = job;
    await dropIdentities(job);
    await dropCorrections(store, { tenantId, rulesFor: (channel) => heldRules(version, channel) });
    const forbidden = version.sensitive.filter(({ section }) => job.application.stricter.includes(`/${section}`));
    const work = createHeldBatch({ compiled: version, keys, forbidden }, (messageId) => log.warn('instructions.unreadable', { tenantId, messageId }));
    const withBytes = job.application.stricter.some((clause) => clause.endsWith('/attachments'));
    for (let step = 0; step < STEPS; step += 1) {
      const ended = await store.applyToHeld(tenantId, version.version, { earlier: job.earlier, withBytes, work });
      if (ended === null) return;
      if (ended.more) continue;
      await dropReadings(job);
      return roundEnded(job);
    }
  }

  /** True: there is nothing to do for this version, so the next one may begin. */
  async function advance(tenantId: string, version: number): Promise<boolean> {
    const [row, document, keys] = await Promise.all([
      store.application(tenantId, version),
      store.instructionVersion(tenantId, version),
      store.tenantKeys(tenantId),
    ]);
    if (!row || !document || !keys) return false;
    const begun = await begin(tenantId, document, row);
    if (begun === null) return true;
    if (await isOnHold(tenantId)) {
      await store.postponeApplication(tenantId, version, { state: 'on-hold', inMs: HOLD_MS });
      return false;
    }
    const application = { ...row, stricter: begun.stricter };
    await carryOn({ tenantId, keys, compiled: compiled(tenantId, document), application, earlier: begun.earlier });
    return false;
  }

  return createRounds<{ tenant_id: string; version: number }>({
    due: () => store.dueApplications(TENANTS_AT_ONCE),
    keyOf: (job) => job.tenant_id,
    advance: (job) => advance(job.tenant_id, job.version),
    rest: (job, inMs) => store.restApplication(job.tenant_id, job.version, inMs),
    failed: (error, job) =>
      log.error('instructions.apply-failed', { ...(job ? { tenantId: job.tenant_id, version: job.version } : {}), error }),
  });
} // prettier-ignore
