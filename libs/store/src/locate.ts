// Whose it is: from what a request names to the connections that it may be about, across all tenants.
import type { Db } from './pool.js';
import { hashKey } from './registry.js';

/** A text of PostgreSQL has no NUL: whatever is named with one is nowhere. */
const nameable = (names: readonly string[]): readonly string[] => names.filter((name) => !name.includes('\0'));

export function locateVerbs(db: Db) {
  return {
    /** Which tenant a connection id, a site key or a platform account belongs to. */
    locate: async (
      by: { id: string } | { siteKey: string },
    ): Promise<{ tenant_id: string; id: string; channel: string } | null> =>
      ('id' in by
        ? await db.directory<{ tenant_id: string; id: string; channel: string }>(
            'SELECT tenant_id, id, channel FROM parley.connection WHERE id = $1',
            [by.id],
          )
        : await db.directory<{ tenant_id: string; id: string; channel: string }>(
            'SELECT tenant_id, id, channel FROM parley.connection WHERE site_key_hash = $1',
            [hashKey(by.siteKey)],
          ))[0] ?? null,

    /**
     * Anybody can enter the account of somebody else. Of those who did, the one whose credentials worked first comes last, so that
     * it is the one that stays in a map by account.
     */
    locateAccounts: (
      channel: string,
      accounts: readonly string[],
    ): Promise<{ tenant_id: string; id: string; account: string }[]> =>
      db.directory(
        `SELECT tenant_id, id, account FROM parley.connection WHERE channel = $1 AND account = ANY ($2)
         ORDER BY proven_at DESC NULLS FIRST, created_at DESC`,
        [channel, nameable(accounts)],
      ),

    /**
     * All that belong to one of these holders of accounts. Where some of those who entered one have credentials that worked once,
     * it is theirs.
     */
    locatePortfolios: (channel: string, portfolios: readonly string[]): Promise<{ id: string }[]> =>
      db.directory(
        `SELECT id FROM (
           SELECT id, created_at, proven_at, max(proven_at) OVER (PARTITION BY portfolio) AS proven
           FROM parley.connection WHERE channel = $1 AND portfolio = ANY ($2)) c
         WHERE proven IS NULL OR proven_at IS NOT NULL ORDER BY created_at, id`,
        [channel, nameable(portfolios)],
      ),
  };
}
