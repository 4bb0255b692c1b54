// Whether a person is of age to consent (Art. 8): what was declared or confirmed, one row each; the latest is the state.
import { invalidateOfMinor } from './consent-endings.js';
import { appendLeaf } from './leaf.js';
import type { Db, Tx } from './pool.js';
import { wholePersons } from './same-person.js';

export type AgeState = 'asked' | 'declared-adult' | 'declared-minor' | 'guardian-confirmed';

export interface AgeEventRow {
  readonly id: string;
  readonly state: AgeState;
  /** The threshold that was asked for. */
  readonly age: number;
  /** Who said so: the person, or a key of the tenant. */
  readonly source: 'person' | 'controller';
  /** SHA-256, hex, of what the person was asked; empty where nobody was. */
  readonly textHash: string;
  readonly language: string;
  readonly channel: string;
  readonly messageId: string | null;
  readonly version: number;
  readonly clause: string;
}

export interface AgeListed {
  readonly id: string;
  readonly subject_id: string;
  readonly state: AgeState;
  readonly age: number;
  readonly source: string;
  readonly text_hash: string;
  readonly language: string;
  readonly channel: string;
  readonly message_id: string | null;
  readonly instruction_version: number;
  readonly clause: string;
  readonly at: Date;
}

/** What a person, or the tenant, said of the age. A minor's consents end with it. */
export async function insertAge(
  tx: Tx,
  { tenantId, subjectId }: { readonly tenantId: string; readonly subjectId: string },
  e: AgeEventRow,
): Promise<void> {
  await tx.query(
    `INSERT INTO parley.age_event (tenant_id, id, subject_id, state, age, source, text_hash, language, channel, message_id,
       instruction_version, clause)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      tenantId, e.id, subjectId, e.state, e.age, e.source, e.textHash, e.language, e.channel, e.messageId, e.version, e.clause,
    ],
  );
  if (e.state !== 'declared-minor') return;
  const subjects = await wholePersons(tx, tenantId, [subjectId]);
  await invalidateOfMinor(tx, tenantId, { subjects, messageId: e.messageId, version: e.version, clause: e.clause });
} // prettier-ignore

export function ageVerbs(db: Db) {
  return {
    /** Everything said of a person's age, oldest first. */
    agesOf: (tenantId: string, subjectId: string) =>
      db.inTenant(tenantId, (tx) =>
        tx.query<{ state: AgeState; age: number; source: AgeEventRow['source']; message_id: string | null; at: Date }>(
          'SELECT state, age, source, message_id, at FROM parley.age_event WHERE tenant_id = $1 AND subject_id = $2 ORDER BY id',
          [tenantId, subjectId],
        ),
      ),

    /** What the tenant made sure of, with its leaf; false: there is no such person. */
    confirmAge: (tenantId: string, subjectId: string, event: AgeEventRow): Promise<boolean> =>
      db.inTenant(tenantId, async (tx) => {
        const [known] = await tx.query('SELECT id FROM parley.subject WHERE tenant_id = $1 AND id = $2', [
          tenantId,
          subjectId,
        ]);
        if (!known) return false;
        await insertAge(tx, { tenantId, subjectId }, event);
        const { state, source, version, clause } = event;
        await appendLeaf(tx, tenantId, { type: 'age', state, source, version, clause });
        return true;
      }),

    ageEvents: (tenantId: string, after: string | null, limit: number): Promise<AgeListed[]> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          `SELECT id, subject_id, state, age, source, text_hash, language, channel, message_id, instruction_version, clause, at
           FROM parley.age_event WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
          [tenantId, after, limit],
        ),
      ),
  };
}
