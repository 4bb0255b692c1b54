// Does a connection work? What a check found, that the platform stopped or paused it, and that it takes messages again.
import type { Db } from './pool.js';

export function connectionHealthVerbs(db: Db) {
  return {
    /**
     * Whose credentials did not work, and are to be tried again: a minute after the first time, then each time after twice as long, hourly
     * in the end. A stopped one is tried by what is to be sent.
     */
    connectionsToCheck: (limit: number): Promise<{ tenant_id: string; id: string }[]> =>
      db.directory(
        `SELECT tenant_id, id FROM parley.connection WHERE health <> 'healthy' AND stopped_at IS NULL
           AND checked_at + greatest(interval '1 minute', least(checked_at - created_at, interval '1 hour')) <= now()
         ORDER BY checked_at LIMIT $1`,
        [limit],
      ),

    /** What was found of the credentials. When they work, what waited because the connection was stopped is due at once. */
    setConnectionHealth: (
      tenantId: string,
      id: string,
      now: { health: string; reason: string | null },
    ): Promise<unknown> =>
      db.inTenant(tenantId, async (tx) => {
        const [before] = await tx.query<{ stopped_at: Date | null }>(
          'SELECT stopped_at FROM parley.connection WHERE tenant_id = $1 AND id = $2 FOR UPDATE',
          [tenantId, id],
        );
        await tx.query(
          `UPDATE parley.connection SET health = $3, health_reason = $4, checked_at = now(),
             stopped_at = CASE WHEN $3 <> 'healthy' THEN stopped_at END,
             look_up_refused_at = CASE WHEN $3 <> 'healthy' THEN look_up_refused_at END,
             look_up_code = CASE WHEN $3 <> 'healthy' THEN look_up_code END,
             proven_at = coalesce(proven_at, CASE WHEN $3 = 'healthy' THEN now() END) WHERE tenant_id = $1 AND id = $2`,
          [tenantId, id, now.health, now.reason],
        );
        if (now.health === 'healthy' && before?.stopped_at)
          await tx.query(
            'UPDATE parley.conversation SET not_before = NULL WHERE tenant_id = $1 AND connection_id = $2 AND not_before > now()',
            [tenantId, id],
          );
      }),

    /** The platform told it to send nothing for a while: so does no process, and the tenant can see it. */
    pauseConnection: (tenantId: string, id: string, pause: { until: Date; code: string }): Promise<unknown> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          `UPDATE parley.connection SET paused_until = $3, pause_code = $4
           WHERE tenant_id = $1 AND id = $2 AND (paused_until IS NULL OR paused_until < $3)`,
          [tenantId, id, pause.until, pause.code],
        ),
      ),

    /** The platform takes nothing more from it, and says so anew each time that it is tried. */
    stopConnection: (tenantId: string, id: string, reason: string): Promise<unknown> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          `UPDATE parley.connection SET health = 'unhealthy', health_reason = $3, checked_at = now(), stopped_at = now()
           WHERE tenant_id = $1 AND id = $2`,
          [tenantId, id, reason],
        ),
      ),
  };
}
