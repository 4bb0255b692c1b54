// What is closed to a person, and whom a restriction or an objection is about, stays as it is while one is lifted.
import type { Tx } from './pool.js';

const LOCK = "hashtextextended('lifting ' || $1, 0)";

/** Whoever closes something, or finds two to be one person: many at a time. Before any row. */
export const besides = (tx: Tx, tenantId: string): Promise<unknown> =>
  tx.query(`SELECT pg_advisory_xact_lock_shared(${LOCK})`, [tenantId]);

/** Whoever lifts: what else keeps it closed is known by then, or closes it afterwards. Before any row. */
export const alone = (tx: Tx, tenantId: string): Promise<unknown> =>
  tx.query(`SELECT pg_advisory_xact_lock(${LOCK})`, [tenantId]);
