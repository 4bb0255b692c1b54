// The group commit, seen from TypeScript: rows in, arrays out, one statement.
import type { DeliveryState } from '#libs/kernel';
import type { WholeLeaf } from './leaf.js';
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
  /** Of which sending of it, where that is known; see parley.ingest. */
  readonly attempt?: { readonly replays: number; readonly number: number };
  readonly status: DeliveryState;
  readonly code: string | null;
  readonly version: number;
  readonly clause: string;
  readonly at: Date;
}

/** What an event exposed: which kinds of identifiers, where, and what was done with each. Never a value. */
export interface Exposure {
  /** 32 hex digits of a hash of `json`. */
  readonly id: string;
  /** `[kind, path, action, times]` of each. */
  readonly json: string;
}

/** How many events of a connection exposed the same. */
export interface ObservationRow {
  readonly tenantId: string;
  readonly connectionId: string;
  readonly channel: string;
  readonly exposure: Exposure;
  readonly count: number;
}

export interface LeafRow {
  readonly tenantId: string;
  readonly leaf: WholeLeaf;
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

const TEXT = `SELECT * FROM parley.ingest(${Array.from({ length: 38 }, (_, i) => `$${i + 1}`).join(', ')}) AS id`;

/** Of uuids, numbers and times, which need no quotes. */
const list = <T>(rows: readonly T[], of: (row: T) => string | number): string => `{${rows.map(of).join(',')}}`;

type Origin = Pick<MessageRow, 'tenantId' | 'connectionId' | 'direction' | 'type' | 'contentType' | 'state' | 'version' | 'clause'>; // prettier-ignore

const originOf = ({ tenantId, connectionId, status: state, version, clause }: StatusRow): Origin => ({
  tenantId, connectionId, direction: 'out', type: 'status', contentType: null, state, version, clause,
}); // prettier-ignore

/** What many rows of one commit have in common, once: columns, and the place of each row in them. */
function origins() {
  const rows: Origin[] = [];
  const places = new Map<string, number>();
  const placeOf = (one: Origin): number => {
    const key = `${one.connectionId}|${one.direction}|${one.type}|${one.contentType}|${one.state}|${one.version}|${one.clause}`;
    let place = places.get(key);
    if (place === undefined) places.set(key, (place = rows.push(one)));
    return place;
  };
  return { rows, placeOf };
}

const EMPTY = Buffer.alloc(0);

/** Where each body begins among all of them; PostgreSQL counts from 1. */
function starts(messages: readonly MessageRow[]): string {
  let next = 1;
  return list(messages, ({ body }) => (next += body?.length ?? 0) - (body?.length ?? 0));
}

export function ingestVerbs(db: Db) {
  return {
    /**
     * Commits a batch of many tenants, all or nothing; answers the ids of the messages that were not seen before. `gaveUp` is told of
     * messages of ours that a status in it made dead letters of.
     */
    async ingest(batch: Batch, lane: number, gaveUp?: (messages: number) => void): Promise<Set<string>> {
      const { messages: m, statuses: s, observations: o, leaves: l } = batch;
      const f = m.filter((r) => r.fed);
      const tenants = new Set<string>();
      for (const rows of [m, s, o, l]) for (const row of rows) tenants.add(row.tenantId);
      const { rows: d, placeOf } = origins();
      const [mOf, sOf] = [list(m, placeOf), list(s, (r) => placeOf(originOf(r)))];
      const rows = await db.run<{ id: string }>({
        name: 'ingest',
        text: TEXT,
        values: [
          `{${[...tenants].join(',')}}`,
          list(d, (r) => r.tenantId), list(d, (r) => r.connectionId), d.map((r) => r.direction), d.map((r) => r.type),
          d.map((r) => r.contentType), d.map((r) => r.state), list(d, (r) => r.version), d.map((r) => r.clause),
          mOf, list(m, (r) => r.id), list(m, (r) => r.conversationId),
          // Bytes go as bytes, end to end: as text they would be twice as long, and be read letter by letter.
          Buffer.concat(m.map((r) => r.hash)), Buffer.concat(m.map((r) => r.body ?? EMPTY)),
          starts(m), list(m, (r) => r.body?.length ?? 'NULL'), m.map((r) => r.target), list(m, (r) => r.at.toISOString()),
          sOf, s.map((r) => r.hash),
          list(s, (r) => r.messageId ?? 'NULL'), list(s, (r) => r.attempt?.replays ?? 'NULL'), list(s, (r) => r.attempt?.number ?? 'NULL'),
          list(s, (r) => RANK[r.status]), s.map((r) => r.code), list(s, (r) => r.at.toISOString()),
          list(o, (r) => r.tenantId), list(o, (r) => r.connectionId), o.map((r) => r.channel), list(o, (r) => r.exposure.id),
          o.map((r) => r.exposure.json), lane, list(o, (r) => r.count),
          list(l, (r) => r.tenantId), l.map((r) => JSON.stringify(r.leaf)),
          list(f, (r) => r.tenantId),
          list(f, (r) => r.id),
          list(f, (r) => r.conversationId),
        ], // prettier-ignore
      });
      const answered = new Set(rows.map((r) => r.id));
      if (answered.size === 0 || s.length === 0) return answered;
      const fresh = new Set(m.flatMap((r) => (answered.has(r.id) ? r.id : [])));
      if (answered.size > fresh.size) gaveUp?.(answered.size - fresh.size);
      return fresh;
    },
  };
}
