// The search for an erased person in what others wrote: begun with the erasure, carried on by one process at a time, watched until it ends.
import { appendLeaf } from './leaf.js';
import { markStaleTokens } from './stale-tokens.js';
import type { Db } from './pool.js';

export interface MentionSearch {
  readonly request_id: string;
  readonly mode: string;
  readonly words: Buffer | null;
  readonly mark: string;
  readonly examined: number;
  readonly found: number;
  readonly begun_at: Date;
  readonly finished_at: Date | null;
}

export interface SearchedMessage {
  readonly id: string;
  readonly conversation_id: string;
  readonly direction: 'in' | 'out';
  readonly body: Buffer;
  readonly subject_id: string;
  /** Empty: its person was erased meanwhile, or a legal hold keeps it, as it is, from the same request. */
  readonly wrapped_key: Buffer;
}

/** A message with a mention; with a body that has none any more where that is instructed. */
export interface Mention {
  readonly messageId: string;
  readonly conversationId: string;
  readonly was: Buffer;
  readonly body: Buffer | null;
}

const COLUMNS = 'request_id, mode, words, mark, examined, found, begun_at, finished_at';
const LEASE_SECONDS = 15;

export function mentionVerbs(db: Db) {
  return {
    /** By what persons are known: identifiers, what was looked up, and the latest of what they wrote with what was kept beside it. Sealed. */
    wordsAbout: (tenantId: string, subjects: readonly string[], latest: number) =>
      db.inTenant(tenantId, async (tx) => {
        const known: {
          subjectId: string;
          wrapped: Buffer;
          identities: { kind: string; value: Buffer }[];
          bodies: { id: string; body: Buffer }[];
        }[] = [];
        for (const subjectId of subjects) {
          const [subject] = await tx.query<{ wrapped_key: Buffer }>(
            'SELECT wrapped_key FROM parley.subject_key WHERE tenant_id = $1 AND subject_id = $2',
            [tenantId, subjectId],
          );
          if (!subject) continue;
          const identities = await tx.query<{ kind: string; value: Buffer }>(
            'SELECT kind, value FROM parley.identity WHERE tenant_id = $1 AND subject_id = $2',
            [tenantId, subjectId],
          );
          const bodies = await tx.query<{ id: string; body: Buffer }>(
            `SELECT m.id, m.body FROM parley.conversation c JOIN parley.message m ON m.tenant_id = c.tenant_id AND m.conversation_id = c.id
             WHERE c.tenant_id = $1 AND c.subject_id = $2 AND m.direction = 'in' AND m.body IS NOT NULL ORDER BY m.type = 'profile' DESC, m.id DESC LIMIT $3`,
            [tenantId, subjectId, latest],
          );
          known.push({ subjectId, wrapped: subject.wrapped_key, identities, bodies });
        }
        return known;
      }),

    /**
     * Once per request: what was begun goes on with the words that it was begun with. `again`: more of its persons go, and it begins anew
     * with all words, as is instructed by then; false: somebody is at it just now.
     */
    beginMentionSearch: async (
      tenantId: string,
      search: { readonly requestId: string; readonly mode: string; readonly words: Buffer; readonly again: boolean },
    ): Promise<boolean> => {
      const { requestId, mode, words, again } = search;
      const rows = await db.inTenant(tenantId, (tx) =>
        tx.query(
          `INSERT INTO parley.mention_search AS s (tenant_id, request_id, mode, words, until)
           VALUES ($1, $2, $3, $4, parley.uuid_at(now() + interval '1 minute')) ON CONFLICT (tenant_id, request_id) DO UPDATE
           SET mode = excluded.mode, words = excluded.words, until = excluded.until, mark = DEFAULT, finished_at = NULL
           WHERE $5 AND (s.lease_until IS NULL OR s.lease_until < now()) RETURNING request_id`,
          [tenantId, requestId, mode, words, again],
        ),
      );
      return rows.length > 0 || !again;
    },

    mentionSearch: async (tenantId: string, requestId: string): Promise<MentionSearch | null> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query<MentionSearch & object>(
            `SELECT ${COLUMNS} FROM parley.mention_search WHERE tenant_id = $1 AND request_id = $2`,
            [tenantId, requestId],
          ),
        )
      )[0] ?? null,

    openMentionSearches: (limit: number): Promise<{ tenant_id: string; request_id: string }[]> =>
      db.directory(
        `SELECT tenant_id, request_id FROM parley.mention_search WHERE finished_at IS NULL AND (lease_until IS NULL OR lease_until < now()) LIMIT $1`,
        [limit],
      ),

    /** null: another process is at it, or it has ended. */
    takeMentionSearch: async (tenantId: string, requestId: string): Promise<MentionSearch | null> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query<MentionSearch & object>(
            `UPDATE parley.mention_search SET lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
             WHERE tenant_id = $1 AND request_id = $2 AND finished_at IS NULL AND (lease_until IS NULL OR lease_until < now()) RETURNING ${COLUMNS}`,
            [tenantId, requestId],
          ),
        )
      )[0] ?? null,

    /** What was there when the person was erased, oldest first. */
    messagesToSearch: (tenantId: string, requestId: string, limit: number): Promise<SearchedMessage[]> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          `SELECT m.id, m.conversation_id, m.direction, m.body, c.subject_id,
             CASE WHEN c.subject_id = ANY (r.subject_ids) THEN '' ELSE coalesce(s.wrapped_key, '') END AS wrapped_key
           FROM parley.mention_search q
           JOIN parley.rights_request r ON r.tenant_id = q.tenant_id AND r.id = q.request_id
           JOIN LATERAL (
             SELECT * FROM parley.message o WHERE o.tenant_id = q.tenant_id AND o.id > q.mark AND o.id <= q.until AND o.body IS NOT NULL ORDER BY o.id LIMIT $3
           ) m ON true
           JOIN parley.conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
           LEFT JOIN parley.subject_key s ON s.tenant_id = c.tenant_id AND s.subject_id = c.subject_id
           WHERE q.tenant_id = $1 AND q.request_id = $2 ORDER BY m.id`,
          [tenantId, requestId, limit],
        ),
      ),

    /** Writes down how far it has come and what was found, together; a body is changed only if it is still the one that was looked at. */
    searchedForMentions: (
      tenantId: string,
      at: {
        readonly requestId: string;
        readonly mark: string | null;
        readonly examined: number;
        readonly mentions: readonly Mention[];
      },
    ): Promise<void> =>
      db.inTenant(tenantId, async (tx) => {
        for (const { messageId, conversationId, was, body } of at.mentions) {
          if (body)
            await tx.query('UPDATE parley.message SET body = $3 WHERE tenant_id = $1 AND id = $2 AND body = $4', [
              tenantId,
              messageId,
              body,
              was,
            ]);
          await tx.query(
            `INSERT INTO parley.mention AS n (tenant_id, request_id, message_id, conversation_id, redacted) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (tenant_id, request_id, message_id) DO UPDATE SET redacted = n.redacted OR excluded.redacted`,
            [tenantId, at.requestId, messageId, conversationId, body !== null],
          );
        }
        const redacted = at.mentions.filter(({ body }) => body !== null).map((one) => one.conversationId);
        await markStaleTokens(tx, tenantId, redacted);
        const [row] = await tx.query<{
          mode: string;
          examined: number;
          found: number;
          finished_at: Date | null;
          version: number;
        }>(
          `UPDATE parley.mention_search SET examined = examined + $3, found = found + $4, mark = coalesce($5, mark), lease_until = NULL,
             finished_at = CASE WHEN $5::uuid IS NULL THEN now() END, words = CASE WHEN $5::uuid IS NULL THEN NULL ELSE words END
           WHERE tenant_id = $1 AND request_id = $2 RETURNING mode, examined, found, finished_at,
             (SELECT instruction_version FROM parley.rights_request r WHERE r.tenant_id = $1 AND r.id = $2) AS version`,
          [tenantId, at.requestId, at.examined, at.mentions.length, at.mark],
        );
        if (row?.finished_at)
          await appendLeaf(tx, tenantId, {
            type: 'mentions-searched', request: at.requestId, mode: row.mode, examined: row.examined, found: row.found,
            version: row.version, clause: '/rights/mentions',
          }); // prettier-ignore
      }),

    mentionsOf: (tenantId: string, requestId: string, page: { readonly after: string; readonly limit: number }) =>
      db.inTenant(tenantId, (tx) =>
        tx.query<{ message_id: string; conversation_id: string; redacted: boolean }>(
          `SELECT message_id, conversation_id, redacted FROM parley.mention WHERE tenant_id = $1 AND request_id = $2 AND message_id > $3
           ORDER BY message_id LIMIT $4`,
          [tenantId, requestId, page.after, page.limit],
        ),
      ),
  };
}
