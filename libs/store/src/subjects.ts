// Persons and their conversations: found by keyed hash, made at first contact, never merged without evidence.
import { randomUUID } from 'node:crypto';
import type { Mandate } from '#libs/kernel';
import { contextOf, newSubjectKey, openSubjectKey, unseal, type TenantKeys } from '#libs/vault';
import { withdrawStanding, type Withdrawal } from './consents.js';
import { attach, choose, findOwners, hasAnother, isNeverPassedOn, lockHandles, type Handle, type Shown } from './handles.js'; // prettier-ignore
import { identityPlace } from './identity-place.js';
import { joinPersons } from './joining.js';
import type { Db, Tx } from './pool.js';
import { wholePersons } from './same-person.js';

export interface Contact extends Shown {
  readonly connectionId: string;
  readonly thread: string;
  readonly locale: string | null;
  /** Where the channel names the conversation itself (web chat), its id; otherwise a random one. */
  readonly conversationId?: string;
}

export interface Resolved {
  readonly subjectId: string;
  readonly subjectKey: Buffer;
  readonly conversationId: string;
}

interface KnownRow {
  readonly subject_id: string;
  readonly wrapped_key: Buffer;
  readonly conversation_id: string;
}

/** Which purposes are marketing, and under what it is recorded that a person wants none. */
export interface Marketing {
  readonly purposes: readonly string[];
  readonly under: NonNullable<Withdrawal['under']>;
}

export interface Preference extends Marketing {
  readonly stopped: boolean;
}

/** Whom a wish is about, and when the platform heard it; now, where it says nothing. */
interface Wish {
  readonly subjects: readonly string[];
  readonly at?: Date | undefined;
}

/** From when it was said, not from when we heard: an answer that was given since counts. */
async function stopMarketing(
  tx: Tx,
  tenantId: string,
  { subjects, at, ...marketing }: Wish & Marketing,
): Promise<void> {
  await withdrawStanding(tx, tenantId, { source: 'platform', subjects, at, ...marketing });
  // Later than what there is: an objection is known by its time, and whoever lifts it does not end this.
  await tx.query(
    `UPDATE parley.subject SET marketing_stopped_at = greatest(marketing_stopped_at + interval '1 microsecond', least(now(), $3::timestamptz))
     WHERE tenant_id = $1 AND id = ANY ($2)`,
    [tenantId, subjects, at ?? null],
  );
}

/** It ends the stop, and gives no consent back. What was said before the stop and comes late ends nothing. */
const resumeMarketing = (tx: Tx, tenantId: string, { subjects, at }: Wish): Promise<unknown> =>
  tx.query(
    `UPDATE parley.subject SET marketing_stopped_at = NULL WHERE tenant_id = $1 AND id = ANY ($2)
       AND ($3::timestamptz IS NULL OR date_trunc('second', marketing_stopped_at) <= $3)`,
    [tenantId, subjects, at ?? null],
  );

export function subjectVerbs(db: Db) {
  async function conversationOf(
    tx: Tx,
    { mandate, subjectId }: { mandate: Mandate; subjectId: string },
    contact: Contact,
  ): Promise<string> {
    const rows = await tx.query<{ id: string }>(
      `INSERT INTO parley.conversation AS c (tenant_id, id, connection_id, subject_id, thread, locale, instruction_version, clause)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (tenant_id, connection_id, subject_id, thread) DO UPDATE SET locale = CASE WHEN EXISTS (
         SELECT FROM parley.correction k JOIN parley.connection_term t ON t.tenant_id = k.tenant_id AND t.channel = k.channel
         WHERE k.tenant_id = $1 AND k.subject_id = c.subject_id AND k.kind = 'locale' AND t.connection_id = c.connection_id
       ) THEN c.locale ELSE coalesce(excluded.locale, c.locale) END
       RETURNING id`,
      [
        mandate.tenantId,
        contact.conversationId ?? randomUUID(),
        contact.connectionId,
        subjectId,
        contact.thread,
        contact.locale,
        mandate.instruction.version,
        mandate.instruction.clause,
      ],
    );
    return rows[0]!.id;
  }

  /** The usual case, in one round trip: all that shows leads to one person, who has written in this conversation before. */
  async function knownContact(keys: TenantKeys, contact: Contact): Promise<Resolved | null> {
    const { connectionId, thread, locale, handles } = contact;
    const rows = await db.quick<KnownRow>({
      name: 'known-contact',
      text: 'SELECT * FROM parley.known_contact($1, $2, $3, $4, $5)',
      values: [keys.tenantId, connectionId, thread, locale, handles.map((h) => h.hash)],
    });
    const [first] = rows;
    if (!first || rows.length < handles.length || rows.some((row) => row.subject_id !== first.subject_id)) return null;
    const subjectId = first.subject_id;
    return {
      subjectId,
      subjectKey: openSubjectKey(keys, subjectId, first.wrapped_key),
      conversationId: first.conversation_id,
    };
  }

  const madeContact = (mandate: Mandate, keys: TenantKeys, contact: Contact): Promise<Resolved> =>
    db.inTenant(keys.tenantId, async (tx) => {
      // Two first messages of one person at once: the second waits here and then finds the first one's subject.
      await lockHandles(tx, contact.handles);
      const found = await findOwners(tx, keys, contact);
      const known = choose(found, contact.handles);
      const subjectId = known?.subject_id ?? randomUUID();
      let key: Buffer;
      if (known) {
        key = openSubjectKey(keys, subjectId, known.wrapped_key);
      } else {
        const made = newSubjectKey(keys, subjectId);
        key = made.key;
        await tx.query(
          `WITH person AS (INSERT INTO parley.subject (tenant_id, id) VALUES ($1, $2))
           INSERT INTO parley.subject_key (tenant_id, subject_id, wrapped_key) VALUES ($1, $2, $3)`,
          [keys.tenantId, subjectId, made.wrapped],
        );
      }
      const missing = contact.handles.filter((h) => !found.some((f) => f.hash.equals(h.hash)));
      await attach(tx, mandate, { keys, subjectId, key, handles: missing });
      return {
        subjectId,
        subjectKey: key,
        conversationId: await conversationOf(tx, { mandate, subjectId }, contact),
      };
    });

  return {
    /** Finds the person and the conversation, or makes them: at most one of each, whoever else is at it. */
    resolveContact: async (mandate: Mandate, keys: TenantKeys, contact: Contact): Promise<Resolved> =>
      (await knownContact(keys, contact)) ?? madeContact(mandate, keys, contact),

    /**
     * The platform says that a person's identifiers changed: the new ones are theirs, the old ones have ended. Whoever has written under a
     * new one already is the same person, where that id is never given to another: operators give numbers to other people.
     */
    changeIdentity: (
      mandate: Mandate,
      keys: TenantKeys,
      change: { previous: readonly Handle[]; current: readonly Handle[]; at?: Date | undefined },
    ): Promise<'unknown' | 'changed' | 'joined'> =>
      db.inTenant(keys.tenantId, async (tx) => {
        await lockHandles(tx, [...change.previous, ...change.current]);
        const { at } = change;
        const before = await findOwners(tx, keys, { handles: change.previous, at });
        const known = choose(before, change.previous);
        if (!known) return 'unknown';
        const key = openSubjectKey(keys, known.subject_id, known.wrapped_key);
        const proof = change.current.filter(isNeverPassedOn);
        const met = choose(await findOwners(tx, keys, { handles: change.current, at }), proof);
        const ended = before.filter((p) => !change.current.some((c) => c.hash.equals(p.hash)));
        await tx.query('UPDATE parley.identity SET valid_to = now() WHERE tenant_id = $1 AND hash = ANY ($2)', [
          keys.tenantId,
          ended.map((h) => h.hash),
        ]);
        const other = met && met.subject_id !== known.subject_id ? met : null;
        // With another id of its own it was mixed up with somebody who had its number before.
        if (!other || (await hasAnother(tx, keys, { subject: other, proof }))) {
          await attach(tx, mandate, { keys, subjectId: known.subject_id, key, handles: change.current });
          return 'changed';
        }
        const both = { keys, earlier: known.subject_id, later: other.subject_id };
        if (!(await joinPersons(tx, mandate, both))) return 'changed';
        const theirs = openSubjectKey(keys, other.subject_id, other.wrapped_key);
        await attach(tx, mandate, { keys, subjectId: other.subject_id, key: theirs, handles: change.current });
        return 'joined';
      }),

    /** The person's preference about marketing, as the platform reported it; of a number's former owner it says nothing. */
    recordPreference: (keys: TenantKeys, shown: Shown, { stopped, ...marketing }: Preference): Promise<unknown> =>
      db.inTenant(keys.tenantId, async (tx) => {
        const { tenantId } = keys;
        await lockHandles(tx, shown.handles);
        const theirs = [...(await findOwners(tx, keys, shown)), ...shown.handles.filter(isNeverPassedOn)];
        const named = await tx.query<{ subject_id: string }>(
          'SELECT DISTINCT subject_id FROM parley.identity WHERE tenant_id = $1 AND hash = ANY ($2)',
          [tenantId, theirs.map(({ hash }) => hash)],
        );
        const subjects = await wholePersons(
          tx,
          tenantId,
          named.map((row) => row.subject_id),
        );
        const { at } = shown;
        if (stopped) await stopMarketing(tx, tenantId, { subjects, at, ...marketing });
        else await resumeMarketing(tx, tenantId, { subjects, at });
      }),

    /** The platform refuses marketing to this person, because the person stopped it there. */
    stopMarketing: (tenantId: string, subjectId: string, marketing: Marketing): Promise<unknown> =>
      db.inTenant(tenantId, async (tx) =>
        stopMarketing(tx, tenantId, { subjects: await wholePersons(tx, tenantId, [subjectId]), ...marketing }),
      ),
  };
}

/** The identifiers by which a person can be answered, in clear. */
export const openHandles = (
  whose: { readonly tenantId: string; readonly subjectId: string; readonly key: Buffer },
  handles: readonly { readonly kind: string; readonly value: Buffer }[],
): readonly { readonly kind: string; readonly value: string }[] =>
  handles.map(({ kind, value }) => ({
    kind,
    value: unseal(whose.key, value, contextOf(identityPlace(whose.tenantId, whose.subjectId, kind))).toString(),
  }));
