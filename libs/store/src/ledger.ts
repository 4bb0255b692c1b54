// The rows of the ledger: leaves that wait for a position, tiles, heads, checkpoints, keys. What they mean is libs/ledger's.
import type { Db, Tx } from './pool.js';

/** A leaf as it stands in its row. `at` to the microsecond, so that no digit of it can be changed unseen. */
export interface LeafLine {
  readonly seq: number;
  readonly at: string;
  readonly leaf: object;
}

export interface PlacedLine extends LeafLine {
  readonly position: number;
}

export interface HeadRow {
  readonly size: number;
  /** Signed checkpoint of this size. */
  readonly note: string;
  /** Tiles that are not full yet, by level. */
  readonly edge: readonly Buffer[];
  readonly at: Date;
}

export interface TileRow {
  readonly level: number;
  readonly index: number;
  readonly hashes: Buffer;
}

export interface CheckpointRow {
  readonly size: number;
  readonly note: string;
  readonly at: Date;
}

/** What one step of sequencing makes of the leaves that wait. */
export interface Placed {
  readonly head: Omit<HeadRow, 'at'>;
  readonly tiles: readonly TileRow[];
}

/** Head and counts of one moment. */
export interface LedgerCount {
  readonly head: HeadRow | null;
  /** Rows with a position outside of the tree: none, unless somebody added them. */
  readonly stray: number;
  readonly pending: number;
}

const AT = `to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at`;
const KEEP_EVERY = '1 hour';

/** The driver gives bigint columns as text. */
type Raw<T, Big extends keyof T> = Omit<T, Big> & { readonly [K in Big]: string };
type RawHead = Raw<HeadRow, 'size'>;
const headOf = (row: RawHead | undefined): HeadRow | null => (row ? { ...row, size: Number(row.size) } : null);

async function readHead(tx: Tx, tenantId: string): Promise<HeadRow | null> {
  const text = 'SELECT size, note, edge, at FROM parley.ledger_head WHERE tenant_id = $1';
  return headOf((await tx.query<RawHead>(text, [tenantId]))[0]);
}

async function writePlaced(tx: Tx, tenantId: string, { head, tiles }: Placed): Promise<void> {
  if (tiles.length > 0)
    await tx.query(
      `INSERT INTO parley.ledger_tile (tenant_id, level, index, hashes)
       SELECT $1, * FROM unnest($2::smallint[], $3::bigint[], $4::bytea[])`,
      [tenantId, tiles.map((t) => t.level), tiles.map((t) => t.index), tiles.map((t) => t.hashes)],
    );
  await tx.query(
    `INSERT INTO parley.ledger_head (tenant_id, size, note, edge) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id) DO UPDATE SET size = excluded.size, note = excluded.note, edge = excluded.edge, at = now()`,
    [tenantId, head.size, head.note, head.edge],
  );
  await tx.query(
    `INSERT INTO parley.ledger_checkpoint (tenant_id, size, note)
     SELECT $1, $2, $3 WHERE NOT EXISTS (
       SELECT FROM parley.ledger_checkpoint WHERE tenant_id = $1 AND at > now() - interval '${KEEP_EVERY}')`,
    [tenantId, head.size, head.note],
  );
}

export function ledgerVerbs(db: Db) {
  const rows = <R extends object>(tenantId: string, text: string, values: readonly unknown[]): Promise<R[]> =>
    db.inTenant(tenantId, (tx) => tx.query<R>(text, values));

  return {
    /** Tenants with leaves that have no position yet. */
    pendingLedgers: async (limit: number): Promise<string[]> =>
      (
        await db.directory<{ tenant_id: string }>(
          'SELECT DISTINCT tenant_id FROM parley.ledger_leaf WHERE position IS NULL LIMIT $1',
          [limit],
        )
      ).map((row) => row.tenant_id),

    ledgerKey: async (tenantId: string): Promise<{ publicKey: Buffer; sealed: Buffer } | null> =>
      (
        await rows<{ publicKey: Buffer; sealed: Buffer }>(
          tenantId,
          'SELECT public_key AS "publicKey", sealed FROM parley.ledger_key WHERE tenant_id = $1',
          [tenantId],
        )
      )[0] ?? null,

    /** Stores a first key; another process may have been quicker, so read it back. */
    addLedgerKey: (tenantId: string, key: { publicKey: Buffer; sealed: Buffer }): Promise<unknown> =>
      rows(
        tenantId,
        'INSERT INTO parley.ledger_key (tenant_id, public_key, sealed) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
        [tenantId, key.publicKey, key.sealed],
      ),

    /**
     * Gives the next leaves that wait their positions, one process at a time per tenant; `place` computes head and tiles
     * and is not called when nothing waits. Answers what it made.
     */
    placeLeaves: <P extends Placed>(
      tenantId: string,
      limit: number,
      place: (head: HeadRow | null, lines: readonly LeafLine[]) => P,
    ): Promise<P | 'none' | 'busy'> =>
      db.inTenant(tenantId, async (tx) => {
        const lock = await tx.query<{ ours: boolean }>(
          "SELECT pg_try_advisory_xact_lock(hashtextextended('ledger ' || $1, 0)) AS ours",
          [tenantId],
        );
        if (!lock[0]?.ours) return 'busy';
        const waiting = await tx.query<Raw<LeafLine, 'seq'>>(
          `SELECT seq, ${AT}, leaf FROM parley.ledger_leaf WHERE tenant_id = $1 AND position IS NULL ORDER BY seq LIMIT $2`,
          [tenantId, limit],
        );
        if (waiting.length === 0) return 'none';
        const lines = waiting.map((line) => ({ ...line, seq: Number(line.seq) }));
        const before = await readHead(tx, tenantId);
        const placed = place(before, lines);
        await tx.query(
          `UPDATE parley.ledger_leaf l SET position = $2 + u.n - 1
           FROM unnest($3::bigint[]) WITH ORDINALITY AS u(seq, n) WHERE l.tenant_id = $1 AND l.seq = u.seq`,
          [tenantId, before?.size ?? 0, lines.map((line) => line.seq)],
        );
        await writePlaced(tx, tenantId, placed);
        return placed;
      }),

    ledgerHead: (tenantId: string): Promise<HeadRow | null> => db.inTenant(tenantId, (tx) => readHead(tx, tenantId)),

    /** One statement, so that head and counts are of one moment. */
    countLedger: async (tenantId: string): Promise<LedgerCount> => {
      const [row] = await rows<{ stray: string; pending: string } & Partial<RawHead>>(
        tenantId,
        `SELECT h.size, h.note, h.edge, h.at,
           (SELECT count(*) FROM parley.ledger_leaf l
            WHERE l.tenant_id = $1 AND (l.position >= coalesce(h.size, 0) OR l.position < 0)) AS stray,
           (SELECT count(*) FROM parley.ledger_leaf l WHERE l.tenant_id = $1 AND l.position IS NULL) AS pending
         FROM (SELECT $1::uuid AS tenant_id) t LEFT JOIN parley.ledger_head h USING (tenant_id)`,
        [tenantId],
      );
      const { stray, pending, ...head } = row!;
      return {
        head: head.size == null ? null : headOf(head as RawHead),
        stray: Number(stray),
        pending: Number(pending),
      };
    },

    /** Leaves by position, from one (including) to another (excluding). */
    placedLeaves: async (tenantId: string, from: number, to: number): Promise<PlacedLine[]> => {
      const found = await rows<Raw<PlacedLine, 'position' | 'seq'>>(
        tenantId,
        `SELECT position, seq, ${AT}, leaf FROM parley.ledger_leaf
         WHERE tenant_id = $1 AND position >= $2 AND position < $3 ORDER BY position`,
        [tenantId, from, to],
      );
      return found.map(({ position, seq, at, leaf }) => ({ position: Number(position), seq: Number(seq), at, leaf }));
    },

    /** Where the approvals of instructions stand. */
    approvalPositions: async (tenantId: string): Promise<number[]> =>
      (
        await rows<{ position: string }>(
          tenantId,
          `SELECT position FROM parley.ledger_leaf
           WHERE tenant_id = $1 AND position IS NOT NULL AND leaf ->> 'type' = 'instructions-approved' ORDER BY position`,
          [tenantId],
        )
      ).map(({ position }) => Number(position)),

    /** Full tiles of one level, from one index (including) to another (excluding). */
    ledgerTiles: async (tenantId: string, level: number, range: { from: number; to: number }): Promise<TileRow[]> => {
      const found = await rows<Raw<TileRow, 'index'>>(
        tenantId,
        `SELECT level, index, hashes FROM parley.ledger_tile
         WHERE tenant_id = $1 AND level = $2 AND index >= $3 AND index < $4 ORDER BY index`,
        [tenantId, level, range.from, range.to],
      );
      return found.map((tile) => ({ ...tile, index: Number(tile.index) }));
    },

    ledgerCheckpoints: async (tenantId: string): Promise<CheckpointRow[]> => {
      const text = 'SELECT size, note, at FROM parley.ledger_checkpoint WHERE tenant_id = $1 ORDER BY size';
      return (await rows<Raw<CheckpointRow, 'size'>>(tenantId, text, [tenantId])).map((row) => ({
        ...row,
        size: Number(row.size),
      }));
    },
  };
}
