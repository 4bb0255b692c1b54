// Sequencing: leaves that wait are given their positions, and the tree that now has them is signed.
import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { HeadRow, Placed, Store } from '#libs/store';
import { openCheckpoint, originOf, signCheckpoint, type SigningKey } from './checkpoint.js';
import type { Anchors } from './anchors.js';
import { finding, LedgerBroken } from './findings.js';
import { openHead } from './head.js';
import type { SigningKeys } from './keys.js';
import { hashOf } from './leaf.js';
import { EMPTY_ROOT } from './tree/hash.js';
import { grow } from './tree/edge.js';

const AT_ONCE = 5_000;
const KEEP_EVERY_MS = 10_000;
const REMEMBERED = 10_000;
const TRIES = 40;
const BETWEEN_TRIES_MS = 50;

export interface SequenceDeps {
  readonly store: Store;
  readonly keys: SigningKeys;
  readonly anchors: Anchors;
  readonly now: () => number;
}

/** The newest state that this process knows of, from the database or from the anchors. */
interface Known {
  readonly size: number;
  readonly root: Buffer;
  readonly keptAt: number;
}

interface Signed extends Placed {
  readonly root: Buffer;
  readonly count: number;
}

const NOTHING: Known = { size: 0, root: EMPTY_ROOT, keptAt: 0 };

export function createSequence({ store, keys, anchors, now }: SequenceDeps) {
  const known = new LRUCache<string, Known>({ max: REMEMBERED });

  async function recall(tenantId: string, key: SigningKey): Promise<Known> {
    const remembered = known.get(tenantId);
    if (remembered) return remembered;
    const anchor = await anchors.last(tenantId);
    if (!anchor) return NOTHING;
    const checkpoint = openCheckpoint(anchor.note, { origin: originOf(tenantId), publicKey: key.publicKey });
    if (!checkpoint) throw new LedgerBroken(finding('key'));
    return { size: checkpoint.size, root: checkpoint.root, keptAt: 0 };
  }

  /** The tree to go on with. @throws LedgerBroken: nothing is signed on top of what was not signed. */
  function continued(row: HeadRow | null, by: { tenantId: string; key: SigningKey; at: Known }) {
    const head = row && openHead(row, { tenantId: by.tenantId, publicKey: by.key.publicKey });
    if (row && !head) throw new LedgerBroken(finding('head', row.size));
    const { size, root } = head?.checkpoint ?? NOTHING;
    if (size < by.at.size) throw new LedgerBroken(finding('rolled-back', by.at.size));
    if (size === by.at.size && !root.equals(by.at.root)) throw new LedgerBroken(finding('forked', size));
    return grow(head?.edge);
  }

  /** Places one batch of what waits. */
  async function step(tenantId: string, key: SigningKey): Promise<Signed | 'none' | 'busy'> {
    const at = await recall(tenantId, key);
    const signed = await store.placeLeaves(tenantId, AT_ONCE, (row, lines): Signed => {
      const tree = continued(row, { tenantId, key, at });
      const tiles = lines.flatMap((line) => tree.add(hashOf(line)));
      const { size, levels } = tree.edge();
      const root = tree.root();
      const note = signCheckpoint({ origin: originOf(tenantId), size, root }, key);
      return { head: { size, note, edge: levels }, tiles, root, count: lines.length };
    });
    if (typeof signed === 'object') await remember(tenantId, { at, key, signed });
    return signed;
  }

  async function remember(tenantId: string, by: { at: Known; key: SigningKey; signed: Signed }): Promise<void> {
    const { at, key, signed } = by;
    const { size, note } = signed.head;
    const due = now() - at.keptAt >= KEEP_EVERY_MS;
    known.set(tenantId, { size, root: signed.root, keptAt: due ? now() : at.keptAt });
    if (due) await anchors.keep(tenantId, { publicKey: key.publicKey, note });
  }

  /**
   * Places what waits now and answers how many that were. While another process is at it: gives way, or waits.
   * @throws LedgerBroken
   */
  return async function sequence(tenantId: string, patience: 'give-way' | 'wait' = 'give-way'): Promise<number> {
    const key = await keys(tenantId);
    if (!key) return 0;
    let placed = 0;
    for (let tries = patience === 'wait' ? TRIES : 1; tries > 0;) {
      const signed = await step(tenantId, key);
      if (signed === 'none') break;
      if (signed === 'busy') {
        tries -= 1;
        if (tries > 0) await sleep(BETWEEN_TRIES_MS);
        continue;
      }
      placed += signed.count;
      if (signed.count < AT_ONCE) break;
    }
    return placed;
  };
}

export type Sequence = ReturnType<typeof createSequence>;
