// Notices to recipients (Art. 19): queued with the erasure, told until they are acknowledged, however long that takes.
import { appendLeaf } from './leaf.js';
import type { Db, Tx } from './pool.js';

export interface NoticeRow {
  readonly id: string;
  readonly request_id: string;
  readonly recipient: string;
  readonly event: string;
  readonly url: string;
  readonly body: Buffer | null;
  readonly state: string;
  readonly attempts: number;
  readonly code: string | null;
  readonly created_at: Date;
  readonly escalate_at: Date;
  readonly escalated_at: Date | null;
  readonly acknowledged_at: Date | null;
}

export interface NewNotice {
  readonly id: string;
  readonly requestId: string;
  readonly recipient: string;
  readonly event: string;
  readonly url: string;
  readonly body: Buffer;
  readonly escalateAt: Date;
  /** Of something newer than what they were told of before. */
  readonly again?: true;
}

/** Somebody who has data and cannot be told: there is no address. */
export interface Untold {
  readonly id: string;
  readonly requestId: string;
  readonly recipient: string;
  readonly event: string;
}

const COLUMNS = `id, request_id, recipient, event, url, body, state, attempts, code, created_at, escalate_at, escalated_at, acknowledged_at`;
/** So many notices of one recipient at a time. */
const AT_ONCE = 5;
/** While one process tells a recipient, no other does. */
const CLAIM_SECONDS = 30;

async function leaf(tx: Tx, tenantId: string, { type, row }: { type: string; row: NoticeRow }): Promise<void> {
  const { request_id: request, recipient, event, attempts } = row;
  const [by] = await tx.query<{ version: number; clause: string }>(
    'SELECT instruction_version AS version, clause FROM parley.rights_request WHERE tenant_id = $1 AND id = $2',
    [tenantId, request],
  );
  await appendLeaf(tx, tenantId, { type, request, recipient, event, attempts, ...by! });
}

/** Queues notices, once per request, recipient and event, but where they are to be told again. */
export async function insertNotices(tx: Tx, tenantId: string, notices: readonly NewNotice[]): Promise<void> {
  for (const n of notices)
    await tx.query(
      `INSERT INTO parley.recipient_notice (tenant_id, id, request_id, recipient, event, url, body, escalate_at)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8 WHERE $9 OR NOT EXISTS (
         SELECT FROM parley.recipient_notice WHERE tenant_id = $1 AND request_id = $3 AND recipient = $4 AND event = $5)`,
      [tenantId, n.id, n.requestId, n.recipient, n.event, n.url, n.body, n.escalateAt, n.again ?? false],
    );
}

export function noticeVerbs(db: Db) {
  const change = (tenantId: string, text: string, values: readonly unknown[]): Promise<NoticeRow[]> =>
    db.inTenant(tenantId, (tx) => tx.query(`${text} RETURNING ${COLUMNS}`, [tenantId, ...values]));

  return {
    queueNotices: (tenantId: string, notices: readonly NewNotice[]): Promise<void> =>
      db.inTenant(tenantId, (tx) => insertNotices(tx, tenantId, notices)),

    /** Who turns out to have data when the certificate is written already, and cannot be told; once each. */
    noteUntold: (tenantId: string, untold: readonly Untold[]): Promise<void> =>
      db.inTenant(tenantId, async (tx) => {
        for (const u of untold)
          await tx.query(
            `INSERT INTO parley.recipient_notice (tenant_id, id, request_id, recipient, event, url, state, escalate_at)
             SELECT $1, $2, $3, $4, $5, '', 'untold', now() WHERE NOT EXISTS (
               SELECT FROM parley.recipient_notice WHERE tenant_id = $1 AND request_id = $3 AND recipient = $4 AND event = $5)`,
            [tenantId, u.id, u.requestId, u.recipient, u.event],
          );
      }),

    noticesOf: (tenantId: string, requestId: string): Promise<NoticeRow[]> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          `SELECT ${COLUMNS} FROM parley.recipient_notice WHERE tenant_id = $1 AND request_id = $2 ORDER BY id`,
          [tenantId, requestId],
        ),
      ),

    /** Notices of all tenants that are to be sent now, the first of each recipient before the second of any: a dead one holds up no other. */
    dueNotices: (limit: number): Promise<{ tenant_id: string; id: string }[]> =>
      db.directory(
        `SELECT tenant_id, id FROM (
           SELECT tenant_id, id, not_before, row_number() OVER (PARTITION BY tenant_id, recipient ORDER BY not_before) AS n
           FROM parley.recipient_notice WHERE state = 'queued' AND not_before <= now()) due
         WHERE n <= ${AT_ONCE} ORDER BY n, not_before LIMIT $1`,
        [limit],
      ),

    claimNotice: async (tenantId: string, id: string): Promise<NoticeRow | null> =>
      (
        await change(
          tenantId,
          `UPDATE parley.recipient_notice SET attempts = attempts + 1, not_before = now() + make_interval(secs => ${CLAIM_SECONDS})
           WHERE tenant_id = $1 AND id = $2 AND state = 'queued' AND not_before <= now()`,
          [id],
        )
      )[0] ?? null,

    retryNotice: (tenantId: string, id: string, next: { code: string; afterMs: number }): Promise<unknown> =>
      change(
        tenantId,
        `UPDATE parley.recipient_notice SET code = $3, not_before = now() + make_interval(secs => $4 / 1000.0)
         WHERE tenant_id = $1 AND id = $2`,
        [id, next.code, next.afterMs],
      ),

    /** Told, and taken: the pseudonyms in the notice have served their purpose. */
    acknowledgeNotice: (tenantId: string, id: string): Promise<void> =>
      db.inTenant(tenantId, async (tx) => {
        const [row] = await tx.query<NoticeRow>(
          `UPDATE parley.recipient_notice SET state = 'acknowledged', acknowledged_at = now(), code = NULL, body = NULL
           WHERE tenant_id = $1 AND id = $2 AND state = 'queued' RETURNING ${COLUMNS}`,
          [tenantId, id],
        );
        if (row) await leaf(tx, tenantId, { type: 'recipient-acknowledged', row });
      }),

    /** Notices of all tenants whose time to be acknowledged is over, and nobody was told yet. */
    silentNotices: (limit: number): Promise<{ tenant_id: string; id: string }[]> =>
      db.directory(
        "SELECT tenant_id, id FROM parley.recipient_notice WHERE state = 'queued' AND escalate_at <= now() AND escalated_at IS NULL LIMIT $1",
        [limit],
      ),

    /** False when another process was quicker. */
    escalateNotice: (tenantId: string, id: string): Promise<boolean> =>
      db.inTenant(tenantId, async (tx) => {
        const [row] = await tx.query<NoticeRow>(
          `UPDATE parley.recipient_notice SET escalated_at = now() WHERE tenant_id = $1 AND id = $2 AND escalated_at IS NULL
           RETURNING ${COLUMNS}`,
          [tenantId, id],
        );
        if (row) await leaf(tx, tenantId, { type: 'recipient-silent', row });
        return row !== undefined;
      }),
  };
}
