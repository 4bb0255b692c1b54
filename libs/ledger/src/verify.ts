// Verification: everything is computed again from the rows and compared with what was signed and with what was remembered.
import type { CheckpointRow, HeadRow, Store } from '#libs/store';
import type { Anchor, Anchors } from './anchors.js';
import { openCheckpoint, originOf } from './checkpoint.js';
import { finding, LedgerBroken, type Finding } from './findings.js';
import { openHead, type Head } from './head.js';
import { recompute, type Milestone } from './recompute.js';
import type { Sequence } from './sequence.js';
import { EMPTY_ROOT } from './tree/hash.js';

export interface Verification {
  readonly valid: boolean;
  readonly size: number;
  /** Of the leaves as they are now. */
  readonly root: Buffer;
  /** Leaves that have no position yet, because they were written since. */
  readonly pending: number;
  readonly findings: readonly Finding[];
}

export interface VerifyDeps {
  readonly store: Store;
  readonly anchors: Anchors;
  readonly sequence: Sequence;
}

/** What the process itself cannot do without the ledger being sound: a refusal is a finding here. */
async function tried(work: () => Promise<unknown>): Promise<Finding[]> {
  try {
    await work();
    return [];
  } catch (error) {
    if (error instanceof LedgerBroken) return [error.finding];
    throw error;
  }
}

function milestone(note: string, by: { tenantId: string; publicKey: Buffer }, broken: Finding['kind']) {
  const opened = openCheckpoint(note, { origin: originOf(by.tenantId), publicKey: by.publicKey });
  return opened && { size: opened.size, root: opened.root, broken };
}

/** Checkpoints as milestones; one that the key did not sign is a finding. */
function historyOf(rows: readonly CheckpointRow[], by: { tenantId: string; publicKey: Buffer; size: number }) {
  const opened = rows.map((row) => ({ row, mark: milestone(row.note, by, 'checkpoint') }));
  const sound = ({ row, mark }: (typeof opened)[number]): boolean => mark?.size === row.size && row.size <= by.size;
  return {
    milestones: opened.filter(sound).map(({ mark }) => mark!),
    findings: opened.filter((one) => !sound(one)).map(({ row }) => finding('checkpoint', row.size)),
  };
}

function anchored(anchor: Anchor | null, by: { tenantId: string; publicKey: Buffer | null; size: number }) {
  const none = { milestones: [] as Milestone[], findings: [] as Finding[] };
  if (!anchor) return none;
  if (!by.publicKey?.equals(anchor.publicKey)) return { ...none, findings: [finding('key')] };
  const mark = milestone(anchor.note, { tenantId: by.tenantId, publicKey: anchor.publicKey }, 'forked');
  if (!mark) return { ...none, findings: [finding('key')] };
  if (mark.size > by.size) return { ...none, findings: [finding('rolled-back', mark.size)] };
  return { ...none, milestones: [mark] };
}

const openedHead = (row: HeadRow | null, tenantId: string, publicKey: Buffer | null): Head | null =>
  row && publicKey && openHead(row, { tenantId, publicKey });

export function createVerify({ store, anchors, sequence }: VerifyDeps) {
  async function verdict(tenantId: string): Promise<Verification & { note: string | null; publicKey: Buffer | null }> {
    const refused = await tried(() => sequence(tenantId, 'wait'));
    const [counted, key, anchor] = await Promise.all([
      store.countLedger(tenantId),
      store.ledgerKey(tenantId),
      anchors.last(tenantId),
    ]);
    const { head: row, pending } = counted;
    const publicKey = key?.publicKey ?? null;
    const size = row?.size ?? 0;
    const remembered = anchored(anchor, { tenantId, publicKey, size });
    const strays = counted.stray > 0 ? [finding('added', size)] : [];
    const told = { size, pending, note: row?.note ?? null, publicKey };
    const head = openedHead(row, tenantId, publicKey);
    if (!head || !publicKey) {
      const findings = merged([...refused, ...strays, ...remembered.findings, ...(row ? [finding('head', size)] : [])]);
      return { ...told, valid: findings.length === 0, root: EMPTY_ROOT, findings };
    }
    const history = historyOf(await store.ledgerCheckpoints(tenantId), { tenantId, publicKey, size });
    const milestones = [
      ...history.milestones,
      ...remembered.milestones,
      { size, root: head.checkpoint.root, broken: 'head' as const },
    ];
    const again = await recompute(store, tenantId, { edge: head.edge, milestones });
    const findings = merged([...refused, ...strays, ...remembered.findings, ...history.findings, ...again.findings]);
    return { ...told, valid: findings.length === 0, root: again.root, findings };
  }

  const running = new Map<string, Promise<Verification>>();

  async function run(tenantId: string): Promise<Verification> {
    try {
      const { note, publicKey, ...verification } = await verdict(tenantId);
      if (verification.valid && note !== null && publicKey) await anchors.keep(tenantId, { publicKey, note });
      return verification;
    } finally {
      running.delete(tenantId);
    }
  }

  /** Places what waits, then computes everything again. What was found sound is remembered. Who asks twice waits once. */
  return function verify(tenantId: string): Promise<Verification> {
    const answer = running.get(tenantId) ?? run(tenantId);
    running.set(tenantId, answer);
    return answer;
  };
}

/** One thing found in two ways is said once. */
const merged = (findings: readonly Finding[]): Finding[] => [
  ...new Map(findings.map((one) => [`${one.kind} ${one.at}`, one])).values(),
];
