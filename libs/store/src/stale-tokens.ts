// Tokens that may stand for what is not held any more: which conversations are due, and one of them, locked and looked through.
import type { Db, Tx } from './pool.js';

/** A conversation with all that is left of it; sealed. */
export interface TokensAndWords {
  readonly id: string;
  readonly subject_id: string;
  readonly wrapped_key: Buffer;
  readonly tokens: Buffer;
  readonly messages: readonly { readonly id: string; readonly body: Buffer }[];
}

/** A worker that has the conversation in hand has its tokens in memory: it is looked at when that turn is over. */
const BUSY_MS = 2_000;

export const markStaleTokens = (tx: Tx, tenantId: string, conversations: readonly string[]): Promise<unknown> =>
  tx.query('SELECT parley.mark_stale_tokens($1, $2)', [tenantId, conversations]);

export function staleTokenVerbs(db: Db) {
  const rest = (tx: Tx, of: readonly [tenantId: string, conversationId: string], inMs: number): Promise<unknown> =>
    tx.query(
      `UPDATE parley.stale_tokens SET not_before = clock_timestamp() + make_interval(secs => $3 / 1000.0)
       WHERE tenant_id = $1 AND conversation_id = $2`,
      [...of, inMs],
    );

  return {
    dueTokens: (limit: number): Promise<{ tenant_id: string; conversation_id: string }[]> =>
      db.directory(
        'SELECT tenant_id, conversation_id FROM parley.stale_tokens WHERE not_before <= now() ORDER BY not_before LIMIT $1',
        [limit],
      ),

    restTokens: (tenantId: string, conversationId: string, inMs: number): Promise<unknown> =>
      db.inTenant(tenantId, (tx) => rest(tx, [tenantId, conversationId], inMs)),

    /** @param left the tokens as they are to be, sealed; null: as they are */
    refreshTokens: (
      tenantId: string,
      conversationId: string,
      left: (of: TokensAndWords) => Buffer | null,
    ): Promise<void> =>
      db.inTenant(tenantId, async (tx) => {
        const of = [tenantId, conversationId] as const;
        const [found] = await tx.query<Pick<TokensAndWords, 'id' | 'subject_id'> & { tokens: Buffer | null; wrapped_key: Buffer | null; busy: boolean }>(
          `SELECT c.id, c.subject_id, c.tokens, s.wrapped_key, coalesce(c.lease_until > clock_timestamp(), false) AS busy
           FROM parley.conversation c LEFT JOIN parley.subject_key s ON s.tenant_id = c.tenant_id AND s.subject_id = c.subject_id
           WHERE c.tenant_id = $1 AND c.id = $2 FOR UPDATE OF c`,
          of,
        );
        if (found?.busy) return void (await rest(tx, of, BUSY_MS));
        // From here on: what is emptied after this was read marks it anew, and waits for this to end.
        await tx.query('DELETE FROM parley.stale_tokens WHERE tenant_id = $1 AND conversation_id = $2', of);
        if (!found?.tokens || !found.wrapped_key) return;
        const messages = await tx.query<TokensAndWords['messages'][number]>(
          'SELECT id, body FROM parley.message WHERE tenant_id = $1 AND conversation_id = $2 AND body IS NOT NULL ORDER BY id',
          of,
        );
        const tokens = left({ ...found, tokens: found.tokens, wrapped_key: found.wrapped_key, messages });
        if (tokens)
          await tx.query('UPDATE parley.conversation SET tokens = $3 WHERE tenant_id = $1 AND id = $2', [...of, tokens]);
      }),
  };
} // prettier-ignore
