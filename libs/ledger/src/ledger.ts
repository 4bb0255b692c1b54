// The ledger of each tenant: checkpoints, proofs and an export that anybody can verify without us.
import type { PlacedLine, Store } from '#libs/store';
import type { Anchors } from './anchors.js';
import { originOf, signNote, verifierKey } from './checkpoint.js';
import { unlessBroken } from './findings.js';
import { openSigningKeys } from './keys.js';
import { createSequence } from './sequence.js';
import { createSignatures } from './signatures.js';
import { TILE_WIDTH } from './tree/edge.js';
import { proofsFrom, type TileReader } from './tree/proofs.js';
import { createVerify } from './verify.js';

const EXPORT_PAGE = 1_000;

export interface LedgerDeps {
  readonly store: Store;
  readonly anchors: Anchors;
  readonly now: () => number;
}

export interface SignedHead {
  readonly size: number;
  readonly note: string;
  /** C2SP verifier key: pin it where the gateway's operator cannot change it. */
  readonly key: string;
}

export interface Inclusion {
  readonly head: SignedHead;
  readonly leaf: PlacedLine;
  readonly hashes: readonly Buffer[];
}

/** Signs statements about a tenant; they outlive it, and so may the signer, in memory, by a moment. */
export interface Signer {
  /** C2SP verifier key of the ledger. */
  readonly key: string;
  /** The lines, below the name of the statement, as a signed note. */
  sign(lines: readonly string[]): string;
}

export type Statement = 'evidence' | 'certificate';

export function createLedger({ store, anchors, now }: LedgerDeps) {
  const keys = openSigningKeys(store);
  const sequence = createSequence({ store, keys, anchors, now });
  const verify = createVerify({ store, anchors, sequence });

  /** The tiles of a tree of one size, for one proof. */
  const tilesOf = (tenantId: string, edge: readonly Buffer[], size: number): TileReader => {
    const read = new Map<string, Promise<Buffer>>();
    const load = async (level: number, index: number): Promise<Buffer> => {
      const isPartial = index === Math.floor(size / TILE_WIDTH ** (level + 1));
      if (isPartial) return edge[level] ?? Buffer.alloc(0);
      return (await store.ledgerTiles(tenantId, level, { from: index, to: index + 1 }))[0]?.hashes ?? Buffer.alloc(0);
    };
    return (level, index) => {
      const name = `${level}/${index}`;
      const loading = read.get(name) ?? load(level, index);
      read.set(name, loading);
      return loading;
    };
  };

  /** Gives what waits its position. A broken ledger stays as it is: whoever verifies what is given out finds what is wrong. */
  const place = async (tenantId: string): Promise<void> => {
    await unlessBroken(sequence(tenantId, 'wait'));
  };

  async function opened(tenantId: string) {
    const [row, key] = await Promise.all([store.ledgerHead(tenantId), store.ledgerKey(tenantId)]);
    if (!row || !key) return null;
    const head: SignedHead = { size: row.size, note: row.note, key: verifierKey(originOf(tenantId), key.publicKey) };
    return { head, proofs: proofsFrom(tilesOf(tenantId, row.edge, row.size)) };
  }

  return {
    sequence,
    place,
    verify,
    /** Other documents under the same key. */
    signatures: createSignatures(keys),

    /** The newest checkpoint, with what was written until now; null while nothing was written. @throws LedgerBroken */
    async checkpoint(tenantId: string): Promise<SignedHead | null> {
      await sequence(tenantId, 'wait');
      return (await opened(tenantId))?.head ?? null;
    },

    /** Checkpoints that stay, the oldest first. */
    checkpoints: async (tenantId: string): Promise<{ size: number; at: Date; note: string }[]> =>
      (await store.ledgerCheckpoints(tenantId)).map(({ size, at, note }) => ({ size, at, note })),

    /** Signs as the ledger does, under a name of its own; null when the tenant's keys are destroyed. */
    async signer(tenantId: string, statement: Statement): Promise<Signer | null> {
      const key = await keys(tenantId);
      const name = `parley.${statement}/${tenantId}`;
      return (
        key && {
          key: verifierKey(originOf(tenantId), key.publicKey),
          sign: (lines) => signNote(`${[name, ...lines].join('\n')}\n`, name, key),
        }
      );
    },

    /** That the leaf at a position is in the newest checkpoint; null when there is none. @throws LedgerBroken, where hashes are missing */
    async inclusion(tenantId: string, position: number): Promise<Inclusion | null> {
      await place(tenantId);
      const at = await opened(tenantId);
      const [leaf] = await store.placedLeaves(tenantId, position, position + 1);
      if (!at || !leaf || position >= at.head.size) return null;
      return { head: at.head, leaf, hashes: await at.proofs.inclusion(position, at.head.size) };
    },

    /** That the newest checkpoint goes on where a former size ended; null when there was no such size. @throws LedgerBroken, where hashes are missing */
    async consistency(tenantId: string, from: number): Promise<Omit<Inclusion, 'leaf'> | null> {
      await place(tenantId);
      const at = await opened(tenantId);
      if (!at || from > at.head.size) return null;
      return { head: at.head, hashes: await at.proofs.consistency(from, at.head.size) };
    },

    /** Everything, as JSON Lines: first key and checkpoint, then the leaves in order. */
    async *lines(tenantId: string): AsyncGenerator<string> {
      await place(tenantId);
      const head = (await opened(tenantId))?.head ?? null;
      const size = head?.size ?? 0;
      const first = { schema: 'parley-ledger/1', size, key: head?.key ?? null, checkpoint: head?.note ?? null };
      yield `${JSON.stringify(first)}\n`;
      for (let from = 0; from < size; from += EXPORT_PAGE) {
        const page = await store.placedLeaves(tenantId, from, Math.min(from + EXPORT_PAGE, size));
        yield page.map(({ position, seq, at, leaf }) => `${JSON.stringify({ position, seq, at, leaf })}\n`).join('');
      }
    },
  };
}

export type Ledger = ReturnType<typeof createLedger>;
