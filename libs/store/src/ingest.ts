// The group commit, seen from TypeScript: rows in, arrays out, one statement.
import type { DeliveryState } from '#libs/kernel';
import type { Db } from './pool.js';

/** An inbound update that is stored in a conversation. `body` is sealed under the subject's key. */
export interface MessageRow {
  readonly tenantId: string;
  readonly id: string;
  readonly connectionId: string;
  readonly conversationId: string;
  readonly hash: Buffer;
  readonly direction: 'in' | 'out';
  readonly type: string;
  readonly contentType: string | null;
  readonly body: Buffer | null;
  readonly target: Buffer | null;
  readonly state: string;
  readonly version: number;
  readonly clause: string;
  readonly at: Date;
  /** Shown to a client that fetches for itself (web chat). */
  readonly fed: boolean;
}

export interface StatusRow {
  readonly tenantId: string;
  readonly connectionId: string;
  readonly hash: Buffer;
  /** Our own id, where the platform gives it back: tells that a message was sent although its response was lost. */
  readonly messageId: string | null;
  readonly status: DeliveryState;
  readonly code: string | null;
  readonly at: Date;
}

export interface ObservationRow {
  readonly tenantId: string;
  readonly connectionId: string;
  readonly channel: string;
  readonly kind: string;
  readonly path: string;
  readonly action: string;
  readonly count: number;
}

export interface LeafRow {
  readonly tenantId: string;
  readonly leaf: object;
}

export interface Batch {
  readonly messages: readonly MessageRow[];
  readonly statuses: readonly StatusRow[];
  readonly observations: readonly ObservationRow[];
  readonly leaves: readonly LeafRow[];
}

/** Statuses never go backwards: a state replaces only one of lower rank. What was read cannot have failed. */
export const RANK: Readonly<Record<DeliveryState, number>> = {
  queued: 0,
  sending: 1,
  sent: 2,
  delivered: 3,
  failed: 4,
  read: 5,
  played: 6,
};

const TEXT = `SELECT * FROM parley.ingest(${Array.from({ length: 36 }, (_, i) => `$${i + 1}`).join(', ')}) AS id`;

export function ingestVerbs(db: Db) {
  return {
    /** Commits a batch of many tenants, all or nothing; answers the ids of the messages that were not seen before. */
    async ingest(batch: Batch, lane: number): Promise<Set<string>> {
      const { messages: m, statuses: s, observations: o, leaves: l } = batch;
      const f = m.filter((r) => r.fed);
      const tenants = new Set<string>();
      for (const rows of [m, s, o, l]) for (const row of rows) tenants.add(row.tenantId);
      const rows = await db.run<{ id: string }>({
        name: 'ingest',
        text: TEXT,
        values: [
          `{${[...tenants].join(',')}}`,
          m.map((r) => r.tenantId), m.map((r) => r.id), m.map((r) => r.connectionId), m.map((r) => r.conversationId),
          m.map((r) => r.hash), m.map((r) => r.direction), m.map((r) => r.type), m.map((r) => r.contentType),
          m.map((r) => r.body), m.map((r) => r.target), m.map((r) => r.state), m.map((r) => r.version),
          m.map((r) => r.clause), m.map((r) => r.at.toISOString()),
          s.map((r) => r.tenantId), s.map((r) => r.connectionId), s.map((r) => r.hash),
          s.map((r) => r.messageId), s.map((r) => r.status),
          s.map((r) => RANK[r.status]), s.map((r) => r.code), s.map((r) => r.at.toISOString()),
          o.map((r) => r.tenantId), o.map((r) => r.connectionId), o.map((r) => r.channel), o.map((r) => r.kind),
          o.map((r) => r.path), o.map((r) => r.action), lane, o.map((r) => r.count),
          l.map((r) => r.tenantId), l.map((r) => JSON.stringify(r.leaf)),
          f.map((r) => r.tenantId),
          f.map((r) => r.id),
          f.map((r) => r.conversationId),
        ], // prettier-ignore
      });
      return new Set(rows.map((r) => r.id));
    },
  };
}
