// Accounts of a business on the channels over time: whoever wrote to one is found, and papers name it, after it was removed.
import type { Db } from './pool.js';
import type { Connection } from './registry.js';

export type Account = Pick<Connection, 'id' | 'channel' | 'account' | 'settings'>;

export function accountVerbs(db: Db) {
  return {
    /** Every account that was ever connected: people who wrote to one are found after it was removed. */
    accounts: (tenantId: string): Promise<Account[]> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          'SELECT connection_id AS id, channel, account, settings FROM parley.connection_term WHERE tenant_id = $1 ORDER BY begun_at, connection_id',
          [tenantId],
        ),
      ),

    /** Which accounts were connected at a time, removed or not since. */
    connectionsAt: (tenantId: string, at: Date): Promise<{ channel: string; name: string }[]> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          `SELECT channel, name FROM parley.connection_term
           WHERE tenant_id = $1 AND begun_at <= $2 AND (ended_at IS NULL OR ended_at > $2) ORDER BY begun_at, connection_id`,
          [tenantId, at],
        ),
      ),
  };
}
