// Attachments: bytes sealed under the subject's key, found by their message; or by what a file can be asked for, as long as it could not be had.
import type { Db } from './pool.js';

export interface AttachmentRow {
  readonly id: string;
  readonly media: string;
  readonly mime: string;
  readonly size: number;
  /** Which of its message's files it is, from 0. */
  readonly position: number;
  /** Of a file that could not be had: sealed, by what it can be asked for once more. */
  readonly source: Buffer | null;
}

/** A file that is to be kept; the only one of its message unless it says which it is. */
interface NewAttachment extends Omit<AttachmentRow, 'position' | 'source'> {
  readonly messageId: string;
  readonly subjectId: string;
  /** Either of them. */
  readonly bytes?: Buffer;
  readonly source?: Buffer;
  readonly position?: number;
  /** By which it is kept. */
  readonly version: number;
  readonly clause: string;
}

export function attachmentVerbs(db: Db) {
  return {
    /** Nothing is kept for a person who is gone: erased while the file was on its way. What could not be had before is there now. */
    storeAttachment: (tenantId: string, a: NewAttachment): Promise<unknown> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          `INSERT INTO parley.attachment (tenant_id, id, message_id, subject_id, media, mime, size, bytes, position,
             instruction_version, clause, source)
           SELECT s.tenant_id, $2, $3, s.subject_id, $5, $6, $7, $8, $9, $10, $11, $12 FROM parley.subject_key s WHERE s.tenant_id = $1 AND s.subject_id = $4
           ON CONFLICT (tenant_id, id) DO UPDATE SET bytes = excluded.bytes, size = excluded.size, source = excluded.source`,
          [
            tenantId,
            a.id,
            a.messageId,
            a.subjectId,
            a.media,
            a.mime,
            a.size,
            a.bytes ?? null,
            a.position ?? 0,
            a.version,
            a.clause,
            a.source ?? null,
          ],
        ),
      ),

    attachmentsOf: (tenantId: string, messageId: string): Promise<AttachmentRow[]> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          'SELECT id, media, mime, size, position, source FROM parley.attachment WHERE tenant_id = $1 AND message_id = $2 ORDER BY position, id',
          [tenantId, messageId],
        ),
      ),

    /** One more time in vain: of a person's message, `attempts` counts how often its files were asked for. */
    countAttempt: (tenantId: string, messageId: string): Promise<unknown> =>
      db.inTenant(tenantId, (tx) =>
        tx.query('UPDATE parley.message SET attempts = attempts + 1 WHERE tenant_id = $1 AND id = $2', [
          tenantId,
          messageId,
        ]),
      ),

    /** One attachment with the wrapped key that opens it. */
    attachment: async (tenantId: string, id: string) =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query<
            Omit<AttachmentRow, 'position' | 'source'> & { subject_id: string; bytes: Buffer; wrapped_key: Buffer }
          >(
            `SELECT a.id, a.media, a.mime, a.size, a.subject_id, a.bytes, s.wrapped_key FROM parley.attachment a
             JOIN parley.subject_key s ON s.tenant_id = a.tenant_id AND s.subject_id = a.subject_id WHERE a.tenant_id = $1 AND a.id = $2 AND a.bytes IS NOT NULL`,
            [tenantId, id],
          ),
        )
      )[0] ?? null,
  };
}
