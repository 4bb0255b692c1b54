// Objections of the controller to recipients (Art. 28(2)): while one stands, its recipient is given nothing.
import { appendLeaf } from './leaf.js';
import type { Db } from './pool.js';

export interface RecipientObjection {
  readonly recipient: string;
  readonly name: string;
  readonly reason: string | null;
  readonly at: Date;
}

/** A recipient, and where which version names it. */
interface Named {
  readonly recipient: string;
  readonly version: number;
  readonly clause: string;
}

export function recipientObjectionVerbs(db: Db) {
  return {
    recipientObjections: (tenantId: string): Promise<RecipientObjection[]> =>
      db.inTenant(tenantId, (tx) =>
        tx.query('SELECT recipient, name, reason, at FROM parley.recipient_objection WHERE tenant_id = $1 ORDER BY 1', [
          tenantId,
        ]),
      ),

    /** False when an objection stands already. */
    objectToRecipient: (
      tenantId: string,
      { recipient, ...instruction }: Named,
      by: { readonly name: string; readonly reason: string | null },
    ): Promise<boolean> =>
      db.inTenant(tenantId, async (tx) => {
        const made = await tx.query(
          `INSERT INTO parley.recipient_objection (tenant_id, recipient, name, reason) VALUES ($1, $2, $3, $4)
           ON CONFLICT DO NOTHING RETURNING recipient`,
          [tenantId, recipient, by.name, by.reason],
        );
        if (made.length > 0) await appendLeaf(tx, tenantId, { type: 'recipient-objected', recipient, ...instruction });
        return made.length > 0;
      }),

    /** False when there is none. */
    withdrawRecipientObjection: (tenantId: string, { recipient, ...instruction }: Named): Promise<boolean> =>
      db.inTenant(tenantId, async (tx) => {
        const gone = await tx.query(
          'DELETE FROM parley.recipient_objection WHERE tenant_id = $1 AND recipient = $2 RETURNING recipient',
          [tenantId, recipient],
        );
        if (gone.length > 0)
          await appendLeaf(tx, tenantId, { type: 'recipient-objection-withdrawn', recipient, ...instruction });
        return gone.length > 0;
      }),
  };
}
