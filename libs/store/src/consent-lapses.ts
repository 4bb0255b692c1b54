// Consents that end by themselves, written down a bounded step at a time: by time, or because they are not what is asked for any more.
import { CARRIED_OVER, endConsents } from './consent-endings.js';
import type { Db } from './pool.js';
import { alone } from './retention-lock.js';
import { markOf, setMark } from './retention.js';

/** What the version in force asks for: per purpose to what the answer has to be, and the clause. */
export interface Asked {
  readonly purpose: string;
  readonly scope: string;
  readonly clause: string;
}

const STEP = 500;

/** The next after it that happened to this consent. */
const HEARD_OF_SINCE = `EXISTS (SELECT FROM parley.consent_event n
  WHERE n.tenant_id = $1 AND n.subject_id = g.subject_id AND n.purpose = g.purpose AND n.id > g.id)`;
/** A worker has the person in hand: what happens to the consent is left to that. */
const IN_HAND = `EXISTS (SELECT FROM parley.conversation c
  WHERE c.tenant_id = $1 AND c.subject_id = g.subject_id AND c.lease_until > now())`;

/** The columns of the event by which a consent ends, and what it has from the one by which it was given. */
const COLUMNS = `tenant_id, id, subject_id, state, instruction_version, clause, ${CARRIED_OVER}`;
const FROM_GIVEN = CARRIED_OVER.replace(/(\w+)/g, 'g.$1');

interface Looked {
  readonly id: string;
  readonly outside: boolean;
  readonly in_hand: boolean;
}

export function consentLapseVerbs(db: Db) {
  return {
    /** Consents of one purpose and wording, given by then and not heard of since: the oldest first. */
    consentsGivenBy: (
      tenantId: string,
      of: { readonly purpose: string; readonly scope: string; readonly by: Date; readonly limit: number },
    ): Promise<{ id: string }[]> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(
          `SELECT g.id FROM parley.consent_event g
           WHERE g.tenant_id = $1 AND g.purpose = $2 AND g.state IN ('given', 'renewed') AND g.at <= $4 AND g.scope = $3
             AND NOT ${HEARD_OF_SINCE}
           ORDER BY g.at LIMIT $5`,
          [tenantId, of.purpose, of.scope, of.by, of.limit],
        ),
      ),

    /** Writes down that consents ended by time; what was kept on them is to go. Whom a worker has in hand is left to that. */
    expireConsents: (
      tenantId: string,
      given: readonly string[],
      under: { readonly version: number; readonly clause: string },
    ): Promise<number> =>
      db.inTenant(tenantId, async (tx) => {
        const events = await tx.query<{ id: string }>(
          `INSERT INTO parley.consent_event (${COLUMNS})
           SELECT g.tenant_id, parley.new_id(), g.subject_id, 'expired', $3, $4, ${FROM_GIVEN}
           FROM parley.consent_event g WHERE g.tenant_id = $1 AND g.id = ANY ($2) AND NOT ${HEARD_OF_SINCE} AND NOT ${IN_HAND}
           RETURNING id`,
          [tenantId, given, under.version, under.clause],
        );
        await endConsents(tx, tenantId, events.map(({ id }) => id));
        return events.length;
      }), // prettier-ignore

    /**
     * One step through what was given, the oldest first, from where the last one under this version came to: what is not what is asked for
     * any more is invalid, and its record says so. Of a purpose that nothing asks for now the version decides under which it was given: no
     * other says how long its record is kept. null: another process is at it.
     */
    invalidateConsents: (
      tenantId: string,
      inForce: { readonly version: number; readonly asked: readonly Asked[]; readonly now: Date },
    ): Promise<{ readonly count: number; readonly more: boolean } | null> =>
      alone(db, tenantId, async (tx) => {
        const { version, asked, now } = inForce;
        const rule = `consents under ${version}`;
        const [purposes, scopes] = [asked.map(({ purpose }) => purpose), asked.map(({ scope }) => scope)];
        const looked = await tx.query<Looked & object>(
          `SELECT g.id, NOT ${HEARD_OF_SINCE} AND NOT EXISTS (
               SELECT FROM unnest($3::text[], $4::text[]) AS a(purpose, scope) WHERE a.purpose = g.purpose AND a.scope = g.scope) AS outside,
             ${IN_HAND} AS in_hand
           FROM parley.consent_event g
           WHERE g.tenant_id = $1 AND g.id > $2 AND g.state IN ('given', 'renewed') ORDER BY g.id LIMIT ${STEP}`,
          [tenantId, await markOf(tx, { tenantId, rule }), purposes, scopes],
        );
        const waits = looked.findIndex((one) => one.outside && one.in_hand);
        const seen = waits < 0 ? looked : looked.slice(0, waits);
        const ended = seen.filter(({ outside }) => outside).map(({ id }) => id);
        await tx.query(
          `INSERT INTO parley.consent_event (${COLUMNS})
           SELECT g.tenant_id, parley.new_id(), g.subject_id, 'invalidated', CASE WHEN a.purpose IS NULL THEN g.instruction_version ELSE $3 END,
             coalesce(a.clause, g.clause), ${FROM_GIVEN}
           FROM parley.consent_event g LEFT JOIN unnest($4::text[], $5::text[]) AS a(purpose, clause) ON a.purpose = g.purpose
           WHERE g.tenant_id = $1 AND g.id = ANY ($2)`,
          [tenantId, ended, version, purposes, asked.map(({ clause }) => clause)],
        );
        const isMore = waits >= 0 || looked.length === STEP;
        const last = seen.at(-1)?.id ?? null;
        if (!isMore || last !== null) await setMark(tx, { tenantId, rule, cutoff: now }, { isMore, last });
        return { count: ended.length, more: waits < 0 && isMore };
      }), // prettier-ignore
  };
}
