// What was looked up of a person at the platform, as rows of their conversation; and whether the platform lets a connection ask.
import type { Db } from './pool.js';

/** One answer of the platform; an empty one says that it was asked. */
export interface ProfileRow {
  readonly id: string;
  /** null: what it held has gone. */
  readonly body: Buffer | null;
  readonly version: number;
  readonly at: Date;
}

/** One a day at most, and seldom more than one at all. */
const LATEST = 50;

export function profileVerbs(db: Db) {
  return {
    /** Oldest first. */
    profilesOf: async (tenantId: string, conversationId: string): Promise<ProfileRow[]> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query<ProfileRow & object>(
            `SELECT id, body, instruction_version AS version, at FROM parley.message
             WHERE tenant_id = $1 AND conversation_id = $2 AND type = 'profile' ORDER BY id DESC LIMIT ${LATEST}`,
            [tenantId, conversationId],
          ),
        )
      ).toReversed(),

    /** The platform lets the account not ask for something, by its code; null: it does now. */
    noteLookUpRefused: (tenantId: string, connectionId: string, code: string | null): Promise<unknown> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          `UPDATE parley.connection SET look_up_code = $3, look_up_refused_at = CASE WHEN $3::text IS NOT NULL THEN now() END
           WHERE tenant_id = $1 AND id = $2`,
          [tenantId, connectionId, code],
        ),
      ),
  };
}
