// Applies stricter versions to what is held: batch by batch, from where the row of each says that it stands. The rows are the queue.
import {
  compile,
  heldRules,
  holdsAt,
  stricterThan,
  type CompiledInstructions,
  type Facts,
  type InstructionsDocument,
} from '#libs/instructions';
import type { Logger } from '#libs/platform';
import type { Application, InstructionVersion, Store } from '#libs/store';
import type { TenantKeys } from '#libs/vault';
import { createHeldBatch } from './batch.js';

export interface ApplierDeps {
  readonly store: Store;
  readonly facts: Facts;
  /** How long something that was decided by the version before may still be in flight, in ms; 10,000 unless given. */
  readonly settleMs?: number;
  readonly log: Logger;
  readonly now: () => number;
}

const SETTLE_MS = 10_000;
const EVERY_MS = 1_000;
const HOLD_MS = 60_000;
const TENANTS_AT_ONCE = 50;
/** Batches of one tenant in one go, so that one tenant does not keep the others waiting. */
const STEPS = 25;

interface Job {
  readonly tenantId: string;
  readonly keys: TenantKeys;
  readonly compiled: CompiledInstructions;
  readonly application: Application;
}

const CLAUSE = /^\/channels\/([^/]+)\/identifiers\//;

export function createApplier({ store, facts, settleMs = SETTLE_MS, log, now }: ApplierDeps) {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;

  const compiled = (tenantId: string, { version, hash, document }: InstructionVersion): CompiledInstructions =>
    compile(document as InstructionsDocument, facts, { tenantId, version, hash, privacyPage: '' });

  /** In what it is stricter than any version under which something may still be held. */
  function stricterOf(tenantId: string, version: InstructionVersion, all: readonly InstructionVersion[]): string[] {
    const after = compiled(tenantId, version);
    const earlier = all.filter((one) => one.version < version.version && one.approved_at !== null);
    return [...new Set(earlier.flatMap((one) => stricterThan(compiled(tenantId, one), after)))];
  }

  /** @returns the points in which it is stricter; null: there is nothing to do, and the row says why. */
  async function begin(tenantId: string, version: InstructionVersion, row: Application): Promise<readonly string[] | null> {
    if (row.state !== 'waiting' && row.state !== 'on-hold') return row.stricter;
    const then = (await store.instructionsAt(tenantId, row.started_at ?? row.not_before)).version;
    const all = await store.instructionVersions(tenantId);
    const stricter = stricterOf(tenantId, version, all);
    const inForce = row.state === 'on-hold' || then?.version === version.version;
    if (!inForce || stricter.length === 0) {
      const state = inForce ? 'not-needed' : 'not-in-force';
      await store.finishApplication(tenantId, version.version, { state, leaf: null });
      return null;
    }
    await store.beginApplication(tenantId, version.version, stricter);
    return stricter;
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

  async function finish({ tenantId, compiled: { version, hash } }: Job): Promise<void> {
    const row = (await store.application(tenantId, version))!;
    const { stricter, examined, changed } = row;
    const leaf = { type: 'instructions-applied', version, hash, stricter, examined, changed };
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
    const work = createHeldBatch(version, keys);
    const withBytes = job.application.stricter.some((clause) => clause.endsWith('/attachments'));
    for (let step = 0; step < STEPS; step += 1) {
      const ended = await store.applyToHeld(tenantId, version.version, { withBytes, work });
      if (ended === null) return;
      if (!ended.more) return roundEnded(job);
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
    const stricter = await begin(tenantId, document, row);
    if (stricter === null) return true;
    if (await isOnHold(tenantId)) {
      await store.postponeApplication(tenantId, version, { state: 'on-hold', inMs: HOLD_MS });
      return false;
    }
    const application = { ...row, stricter };
    await carryOn({ tenantId, keys, compiled: compiled(tenantId, document), application });
    return false;
  }

  /** Everything that is due, once. */
  async function run(): Promise<void> {
    let goesOn = false;
    for (const { tenant_id: tenantId, version } of await store.dueApplications(TENANTS_AT_ONCE))
      try {
        goesOn = (await advance(tenantId, version)) || goesOn;
      } catch (error) {
        log.error('instructions.apply-failed', { tenantId, version, error });
      }
    if (goesOn) await run();
  }

  return {
    run,
    start(): void {
      timer = setInterval(() => {
        running ??= run()
          .catch((error: unknown) => log.error('instructions.apply-failed', { error }))
          .finally(() => (running = null));
      }, EVERY_MS);
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      await running;
    },
  };
} // prettier-ignore
