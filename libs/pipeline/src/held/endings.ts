// Carries consents that ended through what was kept on them: person by person, from where the row of each says that it stands.
import {
  closedBy,
  compile,
  heldWithout,
  type CompiledInstructions,
  type Facts,
  type HeldRules,
  type InstructionsDocument,
} from '#libs/instructions';
import type { Logger } from '#libs/platform';
import { categoriesAfterEnd, keptByHolds } from '#libs/rights';
import type { ConsentEnding, InstructionVersion, Keeping, Store } from '#libs/store';
import { newSubjectTag, openSubjectKey, type TenantKeys } from '#libs/vault';
import { createHeldBatch, type RulesFor } from './batch.js';
import { dropCorrections } from './corrected.js';
import { createRounds } from './rounds.js';

export interface EndingsDeps {
  readonly store: Store;
  readonly facts: Facts;
  /** How long something may still be in a worker's hand that began before the consent ended, in ms; 10,000 unless given. */
  readonly settleMs?: number;
  readonly log: Logger;
  readonly now: () => number;
}

interface Job {
  readonly tenantId: string;
  readonly keys: TenantKeys;
  readonly row: ConsentEnding;
  readonly inForce: InstructionVersion;
  /** What legal holds keep of it. */
  readonly kept: readonly Keeping[];
}

const SETTLE_MS = 10_000;
const HOLD_MS = 600_000;
const AT_ONCE = 200;
const STEPS = 25;
const REMEMBERED = 100;

export function createEndings({ store, facts, settleMs = SETTLE_MS, log, now }: EndingsDeps) {
  /** Many persons of one tenant come one after another. */
  const known = new Map<string, CompiledInstructions>();

  function compiled(tenantId: string, { version, hash, document }: InstructionVersion): CompiledInstructions {
    const key = `${tenantId}|${version}|${hash}`;
    const found = known.get(key) ?? compile(document as InstructionsDocument, facts, { tenantId, version, hash, privacyPage: '' }); // prettier-ignore
    if (known.size >= REMEMBERED) known.clear();
    known.set(key, found);
    return found;
  }

  /** What may be held of messages: what the version in force and the one under which each was kept permit without the purpose. */
  async function rulesOf({ tenantId, row, inForce }: Job): Promise<RulesFor> {
    const persons = await store.wholePersons(tenantId, [row.subject_id]);
    const records = (await Promise.all(persons.map((one) => store.consentsOf(tenantId, one)))).flat();
    const ended = { purpose: row.purpose, records, now: new Date(now()), ofMinor: row.cause === 'invalidated' };
    const document = inForce.document as InstructionsDocument;
    // A minor gave none that could end: nothing of it stays for a time.
    const later = row.cause === 'invalidated' ? [] : categoriesAfterEnd(document);
    const current = compiled(tenantId, inForce);
    const versions = await store.instructionVersions(tenantId);
    const rulesUnder = (under: CompiledInstructions, channel: string): HeldRules =>
      heldWithout(under, channel, { closed: closedBy(ended, under, current), later });
    const made = new Map<string, ReturnType<RulesFor>>();
    return (channel, version) => {
      const key = `${channel}|${version ?? ''}`;
      const under = versions.filter((one) => one.version === version && version !== inForce.version);
      const rules = made.get(key) ?? [
        rulesUnder(current, channel),
        ...under.map((one) => rulesUnder(compiled(tenantId, one), channel)),
      ];
      made.set(key, rules);
      return rules;
    };
  }

  async function finish(job: Job): Promise<void> {
    const { tenantId, keys, row, inForce } = job;
    const { id, subject_id: subjectId, purpose, cause } = row;
    const rules = await rulesOf(job);
    const persons = await store.wholePersons(tenantId, [subjectId]);
    await dropCorrections(store, { tenantId, persons, rulesFor: (channel) => rules(channel, null)[0] });
    const done = await store.consentEnding(tenantId, id);
    // Its person was erased meanwhile.
    if (!done) return;
    const { examined, changed, files } = done;
    await store.finishEnding(tenantId, id, {
      type: 'consent-ending-applied',
      ...newSubjectTag(openSubjectKey(keys, subjectId, row.wrapped_key)),
      purpose,
      cause,
      version: inForce.version,
      clause: `/purposes/${purpose}`,
      examined,
      changed,
      files,
    });
    log.info('consent.ending-applied', { tenantId, count: changed + files });
  }

  /** Once everything was looked at, once more: what was in a worker's hand is there by then. What a hold keeps is looked at until it ends. */
  async function roundEnded(job: Job): Promise<void> {
    const { tenantId, kept } = job;
    const { id, round, skipped } = (await store.consentEnding(tenantId, job.row.id)) ?? { ...job.row, round: 0 };
    if (round <= 1 || skipped > 0) return void (await store.againEnding(tenantId, id, { state: 'settling', inMs: settleMs }));
    if (kept.length > 0 && (await store.keepsOfEnding(tenantId, id, kept)))
      return void (await store.againEnding(tenantId, id, { state: 'on-hold', inMs: HOLD_MS }));
    await finish(job);
  } // prettier-ignore

  async function carryOn(job: Job): Promise<void> {
    const { tenantId, keys, kept, row, inForce } = job;
    const under = { compiled: compiled(tenantId, inForce), keys, rulesFor: await rulesOf(job) };
    const work = createHeldBatch(under, (messageId) => log.warn('instructions.unreadable', { tenantId, messageId }));
    for (let step = 0; step < STEPS; step += 1) {
      const ended = await store.applyEnding(tenantId, row.id, { kept, work });
      if (ended === null) return;
      if (!ended.more) return roundEnded(job);
    }
  }

  async function advance(tenantId: string, id: string): Promise<boolean> {
    const [row, keys, inForce] = await Promise.all([
      store.consentEnding(tenantId, id),
      store.tenantKeys(tenantId),
      store.instructionsInForce(tenantId),
    ]);
    if (!row || !keys) return false;
    const kept = inForce ? keptByHolds(inForce.document as InstructionsDocument, new Date(now())) : 'all';
    if (!inForce || kept === 'all')
      await store.againEnding(tenantId, id, { state: 'on-hold', inMs: HOLD_MS });
    else {
      if (row.state === 'waiting' || row.state === 'on-hold') await store.beginEnding(tenantId, id);
      await carryOn({ tenantId, keys, row, inForce, kept });
    }
    return false;
  } // prettier-ignore

  return createRounds<{ tenant_id: string; id: string }>({
    due: () => store.dueEndings(AT_ONCE),
    keyOf: (job) => job.id,
    advance: (job) => advance(job.tenant_id, job.id),
    rest: (job, inMs) => store.restEnding(job.tenant_id, job.id, inMs),
    failed: (error, job) => log.error('consent.ending-failed', { ...(job ? { tenantId: job.tenant_id } : {}), error }),
  });
}
