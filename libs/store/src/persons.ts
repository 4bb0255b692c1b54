// Everything held about one person, for a copy of it; and the states that a right puts a person into.
import type { Category, Mandate } from '#libs/kernel';
import { contextOf, unseal } from '#libs/vault';
import { withdrawStanding, type RecordedConsent, type WishSource } from './consents.js';
import { openCorrection } from './corrections.js';
import type { Db, Tx } from './pool.js';
import type { MessageRecord } from './readings.js';
import { lookAgain } from './retention-lock.js';
import { identityPlace } from './identity-place.js';

/** As the rows say it: bodies are sealed, identifiers are open. */
export interface PersonRows {
  readonly subject: {
    readonly id: string;
    readonly wrapped_key: Buffer;
    readonly restricted: boolean;
    readonly marketing_stopped_at: Date | null;
    readonly created_at: Date;
  };
  readonly identities: readonly {
    readonly kind: string;
    readonly value: string;
    readonly clause: string;
    readonly valid_from: Date;
    readonly valid_to: Date | null;
  }[];
  readonly conversations: readonly {
    readonly id: string;
    readonly channel: string;
    readonly connection: string;
    readonly locale: string | null;
    /** What tokens in its texts stand for, sealed. */
    readonly tokens: Buffer | null;
    readonly created_at: Date;
    readonly last_inbound_at: Date | null;
    readonly aside_at: Date | null;
    /** Of the first notice that was given. */
    readonly notice_hash: string | null;
    readonly content_due_at: Date | null;
    readonly due_at: Date | null;
    readonly instruction_version: number;
    readonly clause: string;
    /** The same, opened; null: there are none. */
    readonly meanings: unknown;
  }[];
  readonly messages: readonly (MessageRecord & {
    readonly conversation_id: string;
    /** What one of ours was written for, and which of that needs consent. */
    readonly purposes: readonly string[];
    readonly under_consent: readonly string[];
    /** For whose consent it waits, and until when. */
    readonly waiting: readonly string[] | null;
    readonly held_until: Date | null;
  })[];
  readonly attachments: readonly {
    readonly id: string;
    readonly message_id: string;
    readonly media: string;
    readonly mime: string;
    readonly size: number;
  }[];
  readonly disclosures: readonly {
    readonly recipient: string;
    readonly purpose: string;
    readonly categories: readonly Category[];
    readonly instruction_version: number;
    readonly clause: string;
    readonly count: number;
    readonly first_at: Date;
    readonly last_at: Date;
  }[];
  readonly consents: readonly {
    readonly purpose: string;
    readonly state: RecordedConsent;
    readonly text_id: string;
    readonly text_version: string;
    readonly text_hash: string;
    readonly language: string;
    readonly channel: string;
    readonly source: WishSource | null;
    readonly instruction_version: number;
    readonly clause: string;
    readonly at: Date;
  }[];
  readonly objections: readonly {
    readonly purpose: string;
    readonly instruction_version: number | null;
    readonly clause: string;
    readonly at: Date;
  }[];
  /** That something of a special category was found in a message; never which. */
  readonly sensitive: readonly {
    readonly message_id: string;
    readonly section: string;
    readonly mode: string;
    readonly told: boolean;
    /** Of what the person was told. */
    readonly text_hash: string;
    readonly language: string;
    readonly instruction_version: number;
    readonly clause: string;
    readonly at: Date;
    readonly purge_at: Date | null;
    readonly purged_at: Date | null;
  }[];
  /** Breaches on whose list the person stands, of which the business was told. */
  readonly incidents: readonly {
    readonly id: string;
    readonly from_at: Date;
    readonly to_at: Date;
    readonly suspicion: readonly string[];
    readonly categories: readonly Category[];
    readonly events: number;
    readonly first_at: Date | null;
    readonly last_at: Date | null;
    readonly told_at: Date;
  }[];
  /** What was asked and declared of being of age. */
  readonly ages: readonly {
    readonly state: string;
    readonly age: number;
    readonly source: string;
    readonly text_hash: string;
    readonly language: string;
    readonly channel: string;
    readonly instruction_version: number;
    readonly clause: string;
    readonly at: Date;
  }[];
  /** What was put right, and what was stated beside it (Art. 16); opened. */
  readonly corrections: readonly {
    readonly id: string;
    readonly channel: string | null;
    readonly kind: string | null;
    readonly message_id: string | null;
    readonly value: string;
    readonly instruction_version: number;
    readonly clause: string;
    readonly at: Date;
  }[];
  /** What platforms said of messages. */
  readonly deliveries: readonly {
    readonly message_id: string;
    readonly status: string;
    readonly code: string | null;
    readonly clause: string;
    readonly at: Date;
  }[];
  readonly requests: readonly {
    readonly exercised: string;
    readonly state: string;
    readonly source: string;
    readonly received_at: Date;
    readonly completed_at: Date | null;
    readonly purpose: string | null;
    readonly due_at: Date;
    readonly extended_because: string | null;
    readonly decided_at: Date | null;
    readonly justification: string | null;
    readonly lifted_at: Date | null;
    readonly kept_until: Date | null;
  }[];
}

const MINE = 'WHERE tenant_id = $1 AND subject_id = $2';
const CONVERSATIONS = `SELECT c.id, k.channel, k.name AS connection, c.locale, c.created_at, c.last_inbound_at, c.aside_at, c.tokens,
    c.notice_hash, c.content_due_at, c.due_at, c.instruction_version, c.clause
  FROM parley.conversation c JOIN parley.connection_term k ON k.tenant_id = c.tenant_id AND k.connection_id = c.connection_id
  WHERE c.tenant_id = $1 AND c.subject_id = $2 ORDER BY c.created_at`;
const MESSAGES = `SELECT m.id, m.conversation_id, m.direction, m.type, m.content_type, m.body, m.reply_to, m.state, m.code,
    m.purposes, m.under_consent, m.waiting, m.held_until, m.instruction_version, m.clause, m.at
  FROM parley.message m JOIN parley.conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
  WHERE c.tenant_id = $1 AND c.subject_id = $2 ORDER BY m.id`;
const IDENTITIES = `SELECT kind, value, clause, valid_from, valid_to FROM parley.identity ${MINE} ORDER BY valid_from`;
const ATTACHMENTS = `SELECT id, message_id, media, mime, size FROM parley.attachment ${MINE} AND bytes IS NOT NULL ORDER BY id`;
const DISCLOSURES = `SELECT recipient, purpose, categories, instruction_version, clause, count::int, first_at, last_at
  FROM parley.disclosure ${MINE} ORDER BY first_at`;
const CONSENTS = `SELECT purpose, state, text_id, text_version, text_hash, language, channel, source, instruction_version, clause, at FROM parley.consent_event ${MINE} ORDER BY id`;
const DELIVERIES = `SELECT e.message_id, d.status, d.code, d.clause, d.at
  FROM parley.conversation c JOIN parley.message m ON m.tenant_id = c.tenant_id AND m.conversation_id = c.id
  JOIN parley.external_id e ON e.tenant_id = m.tenant_id AND e.message_id = m.id
  JOIN parley.delivery_status d ON d.tenant_id = e.tenant_id AND d.connection_id = e.connection_id AND d.hash = e.hash
  WHERE c.tenant_id = $1 AND c.subject_id = $2 ORDER BY d.at, d.rank`;
const REQUESTS = `SELECT exercised, state, source, received_at, completed_at, purpose, due_at, extended_because, decided_at, justification, lifted_at, kept_until
  FROM parley.rights_request
  WHERE tenant_id = $1 AND (subject_ids @> ARRAY[$2::uuid] OR cardinality(subject_ids) = 0
    AND hashes && ARRAY(SELECT i.hash FROM parley.identity i WHERE i.tenant_id = $1 AND i.subject_id = $2)) ORDER BY received_at`;
const SENSITIVE = `SELECT e.message_id, e.section, e.mode, e.told, e.text_hash, e.language, e.instruction_version, e.clause, e.at, e.purge_at, e.purged_at
  FROM parley.sensitive_event e JOIN parley.conversation c ON c.tenant_id = e.tenant_id AND c.id = e.conversation_id
  WHERE c.tenant_id = $1 AND c.subject_id = $2 ORDER BY e.at, e.id`;
const INCIDENTS = `SELECT i.id, i.from_at, i.to_at, i.suspicion, p.categories, p.events, p.first_at, p.last_at, n.told_at
  FROM parley.incident_person p JOIN parley.incident i ON i.tenant_id = p.tenant_id AND i.id = p.incident_id AND i.counted_at IS NOT NULL
  CROSS JOIN LATERAL (SELECT min(g.at) AS told_at FROM parley.incident_notice g WHERE g.tenant_id = i.tenant_id AND g.incident_id = i.id) n
  WHERE p.tenant_id = $1 AND p.subject_id = $2 AND n.told_at IS NOT NULL ORDER BY i.id`;
const AGES = `SELECT state, age, source, text_hash, language, channel, instruction_version, clause, at FROM parley.age_event ${MINE} ORDER BY id`;
const CORRECTIONS = `SELECT id, channel, kind, message_id, value, instruction_version, clause, at FROM parley.correction ${MINE} ORDER BY at, id`;
const OBJECTIONS = `SELECT purpose, instruction_version, clause, at FROM parley.objection ${MINE} ORDER BY at`;

/** The conversations whose kept messages go on now. */
async function resume(tx: Tx, tenantId: string, subjects: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ conversation_id: string }>(
    `UPDATE parley.message SET state = 'pending' WHERE tenant_id = $1 AND state = 'restricted' AND direction = 'in'
       AND conversation_id IN (SELECT id FROM parley.conversation WHERE tenant_id = $1 AND subject_id = ANY ($2))
     RETURNING conversation_id`,
    [tenantId, subjects],
  );
  return [...new Set(rows.map((row) => row.conversation_id))];
}

/** In one order, so that nobody waits for whoever waits for them. */
export const lockSubjects = (tx: Tx, tenantId: string, subjects: readonly string[]): Promise<unknown> =>
  tx.query('SELECT id FROM parley.subject WHERE tenant_id = $1 AND id = ANY ($2) ORDER BY id FOR NO KEY UPDATE', [
    tenantId,
    subjects,
  ]);

/** Only kept, neither forwarded nor answered (Art. 18), or no longer so. Answers the conversations that go on with what was kept. */
export async function setRestricted(
  tx: Tx,
  tenantId: string,
  { subjects, ...to }: { readonly subjects: readonly string[]; readonly restricted: boolean; readonly resume: boolean },
): Promise<string[]> {
  if (!to.restricted) await lookAgain(tx, tenantId);
  await lockSubjects(tx, tenantId, subjects);
  await tx.query('UPDATE parley.subject SET restricted = $3 WHERE tenant_id = $1 AND id = ANY ($2)', [
    tenantId,
    subjects,
    to.restricted,
  ]);
  return to.resume ? resume(tx, tenantId, subjects) : [];
}

export function personVerbs(db: Db) {
  return {
    /** Everything about one person; null when there is nobody. `open` opens what is sealed under the person's key. */
    readPerson: (
      mandate: Mandate,
      subjectId: string,
      open: (wrapped: Buffer) => Buffer,
    ): Promise<PersonRows | null> => {
      const { tenantId } = mandate;
      if (mandate.operation !== 'Export') throw new TypeError('this mandate does not permit exporting');
      return db.inTenant(tenantId, async (tx) => {
        const rows = <R extends object>(text: string): Promise<R[]> => tx.query<R>(text, [tenantId, subjectId]);
        const [subject] = await rows<PersonRows['subject']>(
          `SELECT s.id, k.wrapped_key, s.restricted, s.marketing_stopped_at, s.created_at FROM parley.subject s
           JOIN parley.subject_key k ON k.tenant_id = s.tenant_id AND k.subject_id = s.id WHERE s.tenant_id = $1 AND s.id = $2`,
        );
        if (!subject) return null;
        const key = open(subject.wrapped_key);
        const sealed = await rows<{ kind: string; value: Buffer; clause: string; valid_from: Date; valid_to: Date | null }>(IDENTITIES); // prettier-ignore
        const clear = (kind: string, value: Buffer): string =>
          unseal(key, value, contextOf(identityPlace(tenantId, subjectId, kind))).toString();
        const corrections = await rows<Omit<PersonRows['corrections'][number], 'value'> & { value: Buffer }>(
          CORRECTIONS,
        );
        const openTokens = (id: string, tokens: Buffer): unknown =>
          JSON.parse(
            unseal(
              key,
              tokens,
              contextOf({ tenantId, subjectId, table: 'conversation', row: id, field: 'tokens' }),
            ).toString(),
          );
        return {
          subject,
          identities: sealed.map((row) => ({ ...row, value: clear(row.kind, row.value) })),
          conversations: (await rows<{ id: string; tokens: Buffer | null }>(CONVERSATIONS)).map((row) => ({
            ...(row as unknown as PersonRows['conversations'][number]),
            meanings: row.tokens && openTokens(row.id, row.tokens),
          })),
          messages: await rows(MESSAGES),
          attachments: await rows(ATTACHMENTS),
          disclosures: await rows(DISCLOSURES),
          consents: await rows(CONSENTS),
          objections: await rows(OBJECTIONS),
          sensitive: await rows(SENSITIVE),
          incidents: await rows(INCIDENTS),
          ages: await rows(AGES),
          corrections: corrections.map((row) => ({ ...row, value: openCorrection({ tenantId, subjectId, key }, row) })),
          deliveries: await rows(DELIVERIES),
          requests: await rows(REQUESTS),
        };
      });
    },

    restrictSubjects: (
      tenantId: string,
      subjects: readonly string[],
      to: { restricted: boolean; resume: boolean },
    ): Promise<string[]> => db.inTenant(tenantId, (tx) => setRestricted(tx, tenantId, { subjects, ...to })),

    restrictedCount: async (tenantId: string): Promise<number> =>
      (
        await db.inTenant(
          tenantId,
          (tx) =>
          tx.query<{ n: number }>('SELECT count(*)::int AS n FROM parley.subject WHERE tenant_id = $1 AND restricted', [tenantId]), // prettier-ignore
        )
      )[0]!.n,

    /** Takes back every consent that stands (Art. 7(3)), and stops marketing. */
    withdrawConsents: (tenantId: string, subjects: readonly string[]): Promise<unknown> =>
      db.inTenant(tenantId, async (tx) => {
        await withdrawStanding(tx, tenantId, { source: 'request', subjects });
        await tx.query(
          'UPDATE parley.subject SET marketing_stopped_at = now() WHERE tenant_id = $1 AND id = ANY ($2)',
          [tenantId, subjects],
        );
      }),

    /** Purposes of which these people's consent is withdrawn, and whether they want no marketing. */
    withdrawnOf: (tenantId: string, subjects: readonly string[]) =>
      db.inTenant(tenantId, async (tx) => {
        const rows = await tx.query<{ purpose: string }>(
          `SELECT DISTINCT purpose FROM (SELECT DISTINCT ON (subject_id, purpose) purpose, state FROM parley.consent_event
             WHERE tenant_id = $1 AND subject_id = ANY ($2) ORDER BY subject_id, purpose, id DESC) latest
           WHERE state = 'withdrawn' ORDER BY purpose`,
          [tenantId, subjects],
        );
        const stopped = await tx.query(
          'SELECT FROM parley.subject WHERE tenant_id = $1 AND id = ANY ($2) AND marketing_stopped_at IS NOT NULL LIMIT 1',
          [tenantId, subjects],
        );
        return { withdrawn: rows.map(({ purpose }) => purpose), marketingStopped: stopped.length > 0 };
      }),
  };
}
