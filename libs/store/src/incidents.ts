// Incidents: the list of the persons concerned, made in steps from what is held, and the notices that were given.
import { appendLeaf } from './leaf.js';
import type { Db, Tx } from './pool.js';

/** What was opened, or may have been. `rest`: everything held until then; `flow`: what passed in the window. */
export interface IncidentReach {
  readonly rest: boolean;
  readonly flow: boolean;
  /** Of the flow only what passed by these connections, or went to these recipients. */
  readonly connections: readonly string[];
  readonly recipients: readonly string[];
}

export interface NewIncident {
  readonly id: string;
  readonly from: Date;
  readonly to: Date;
  readonly components: readonly string[];
  readonly suspicion: readonly string[];
}

/** `exposed`: persons whose keys may be known; `sealed`: their keys are not; `shredded`: erased since the window began. */
export interface IncidentKeys {
  readonly exposed: number;
  readonly sealed: number;
  readonly shredded: number;
}

export interface IncidentRow {
  readonly tenant_id: string;
  readonly id: string;
  readonly from_at: Date;
  readonly to_at: Date;
  readonly components: readonly string[];
  readonly suspicion: readonly string[];
  readonly opened_at: Date;
  readonly counted_at: Date | null;
  readonly persons: number;
  readonly events: number;
  /** Persons per category. */
  readonly categories: Readonly<Record<string, number>>;
  readonly keys: Partial<IncidentKeys>;
  readonly closed_at: Date | null;
}

/** What the operator sees of one tenant without entering it. */
export type IncidentAcross = Omit<IncidentRow, 'categories' | 'keys'> & { readonly slug: string };

export interface IncidentPersonRow {
  readonly subject_id: string;
  readonly events: number;
  readonly categories: readonly string[];
  readonly first_at: Date | null;
  readonly last_at: Date | null;
}

export interface IncidentNoticeRow {
  readonly id: string;
  readonly phase: string;
  readonly body: object;
  readonly at: Date;
}

/** As many as the database looks through in a few seconds. */
const PAGE = 250_000;
const LEASE = "interval '2 minutes'";
const NIL = '00000000-0000-0000-0000-000000000000';
const COLUMNS = `tenant_id, id, from_at, to_at, components, suspicion, opened_at, counted_at, persons, events::float8 AS events,
  categories, keys, closed_at`;
/** What the operator sees of all tenants at once. */
const ACROSS = `i.tenant_id, t.slug, i.id, i.from_at, i.to_at, i.components, i.suspicion, i.opened_at, i.counted_at, i.persons,
  i.events::float8 AS events, i.closed_at`;

/** One page of messages, oldest first: those within reach, by the person whose conversation it is. */
const STEP = `WITH page AS MATERIALIZED (
    SELECT m.id, m.conversation_id, m.content_type IS NOT NULL AND (m.state <> 'dropped' OR NOT $6::boolean) AS content
    FROM parley.message m WHERE m.tenant_id = $1 AND m.id > $3 AND m.id < parley.uuid_at($5) ORDER BY m.id LIMIT ${PAGE}),
  added AS (
    INSERT INTO parley.incident_person AS p (tenant_id, incident_id, subject_id, events, categories, first_at, last_at)
    SELECT $1, $2, c.subject_id, count(*), CASE WHEN bool_or(page.content) THEN '{content,routing}'::text[] ELSE '{routing}' END,
      parley.made_at(min(page.id::text)::uuid), parley.made_at(max(page.id::text)::uuid)
    FROM page JOIN parley.conversation c ON c.tenant_id = $1 AND c.id = page.conversation_id
    WHERE $6 OR page.id >= parley.uuid_at($4) AND ($7 OR c.connection_id = ANY ($8::uuid[]) OR c.subject_id IN (
      SELECT d.subject_id FROM parley.disclosure d
      WHERE d.tenant_id = $1 AND d.recipient = ANY ($9::text[]) AND d.first_at < $5 AND d.last_at >= $4))
    GROUP BY c.subject_id
    ON CONFLICT (tenant_id, incident_id, subject_id) DO UPDATE SET events = p.events + excluded.events,
      categories = CASE WHEN p.categories @> excluded.categories THEN p.categories
        ELSE ARRAY(SELECT DISTINCT unnest(p.categories || excluded.categories) ORDER BY 1) END,
      first_at = least(p.first_at, excluded.first_at), last_at = greatest(p.last_at, excluded.last_at))
  SELECT count(*)::int AS looked, max(id::text)::uuid AS last FROM page`;

/** Persons who never wrote are held too. */
const SILENT = `INSERT INTO parley.incident_person (tenant_id, incident_id, subject_id, events, categories)
  SELECT $1, $2, s.id, 0, '{routing}' FROM parley.subject s WHERE s.tenant_id = $1 AND s.created_at < $3 AND $4::boolean ON CONFLICT DO NOTHING`;

/** What else of a person was in reach, by category; $3 from, $4 to, $5 everything held. */
const MORE: Readonly<Record<string, string>> = {
  attachments: `SELECT a.subject_id FROM parley.attachment a WHERE a.tenant_id = $1 AND a.message_id < parley.uuid_at($4)
    AND ($5::boolean OR a.message_id >= parley.uuid_at($3))`,
  profile: `SELECT c.subject_id FROM parley.conversation c WHERE c.tenant_id = $1 AND c.locale IS NOT NULL AND c.created_at < $4 AND $5::boolean AND $3 < $4`,
  'consent-record': `SELECT e.subject_id FROM parley.consent_event e WHERE e.tenant_id = $1 AND e.at < $4 AND $5::boolean AND $3 < $4
    UNION SELECT o.subject_id FROM parley.objection o WHERE o.tenant_id = $1 AND o.at < $4 AND $5::boolean`,
};

export function incidentVerbs(db: Db) {
  const read = (tenantId: string, where: string, values: readonly unknown[]): Promise<IncidentRow[]> =>
    db.inTenant(tenantId, (tx) =>
      tx.query(`SELECT ${COLUMNS} FROM parley.incident WHERE tenant_id = $1 AND ${where}`, [tenantId, ...values]),
    );

  /** Begins anew: a list that a crash left half made is thrown away. */
  const claim = async (tenantId: string, id: string): Promise<IncidentRow | null> =>
    db.inTenant(tenantId, async (tx) => {
      const [row] = await tx.query<IncidentRow>(
        `UPDATE parley.incident SET lease_until = now() + ${LEASE} WHERE tenant_id = $1 AND id = $2 AND counted_at IS NULL
           AND (lease_until IS NULL OR lease_until < now()) RETURNING ${COLUMNS}`,
        [tenantId, id],
      );
      if (row)
        await tx.query('DELETE FROM parley.incident_person WHERE tenant_id = $1 AND incident_id = $2', [tenantId, id]);
      return row ?? null;
    });

  async function listMessages(row: IncidentRow, reach: IncidentReach): Promise<void> {
    const { tenant_id: tenantId, id, from_at: from, to_at: to } = row;
    const first = `CASE WHEN $2 THEN '${NIL}'::uuid ELSE parley.uuid_at($1) END`;
    let [mark] = (await db.inTenant(tenantId, (tx) => tx.query<{ at: string }>(`SELECT ${first} AS at`, [from, reach.rest]))).map(({ at }) => at); // prettier-ignore
    for (;;) {
      const [step] = await db.inTenant(tenantId, async (tx) => {
        await tx.query(`UPDATE parley.incident SET lease_until = now() + ${LEASE} WHERE tenant_id = $1 AND id = $2`, [tenantId, id]); // prettier-ignore
        return tx.query<{ looked: number; last: string | null }>(STEP, [
          tenantId, id, mark, from, to, reach.rest, reach.flow, reach.connections, reach.recipients,
        ]); // prettier-ignore
      });
      if (step!.looked < PAGE || step!.last === null) return;
      mark = step!.last;
    }
  }

  async function listMore(tx: Tx, row: IncidentRow, { rest }: IncidentReach): Promise<void> {
    const { tenant_id: tenantId, id, from_at: from, to_at: to } = row;
    await tx.query(SILENT, [tenantId, id, to, rest]);
    for (const [category, subjects] of Object.entries(MORE))
      await tx.query(
        `UPDATE parley.incident_person p SET categories = ARRAY(SELECT DISTINCT unnest(p.categories || '{${category}}'::text[]) ORDER BY 1)
         WHERE p.tenant_id = $1 AND p.incident_id = $2 AND p.subject_id IN (${subjects})`,
        [tenantId, id, from, to, rest],
      );
  }

  async function sumUp(tx: Tx, row: IncidentRow, keysExposed: boolean): Promise<void> {
    const { tenant_id: tenantId, id, from_at: from } = row;
    const [sum] = await tx.query<{ persons: number; events: number; keyed: number }>(
      `SELECT count(*)::int AS persons, coalesce(sum(p.events), 0)::float8 AS events, count(k.subject_id)::int AS keyed
       FROM parley.incident_person p JOIN parley.subject s ON s.tenant_id = p.tenant_id AND s.id = p.subject_id
       LEFT JOIN parley.subject_key k ON k.tenant_id = p.tenant_id AND k.subject_id = p.subject_id
       WHERE p.tenant_id = $1 AND p.incident_id = $2`,
      [tenantId, id],
    );
    const categories = await tx.query<{ category: string; n: number }>(
      `SELECT category, count(*)::int AS n FROM parley.incident_person, unnest(categories) AS category
       WHERE tenant_id = $1 AND incident_id = $2 GROUP BY 1 ORDER BY 1`,
      [tenantId, id],
    );
    const [gone] = await tx.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM parley.rights_request WHERE tenant_id = $1 AND exercised = 'erasure' AND state = 'completed' AND completed_at >= $2`,
      [tenantId, from],
    );
    const { persons, events, keyed } = sum!;
    const keys: IncidentKeys = {
      exposed: keysExposed ? keyed : 0,
      sealed: keysExposed ? 0 : keyed,
      shredded: gone!.n + persons - keyed,
    };
    await tx.query(
      'UPDATE parley.incident SET counted_at = now(), persons = $3, events = $4, categories = $5, keys = $6 WHERE tenant_id = $1 AND id = $2',
      [tenantId, id, persons, events, JSON.stringify(Object.fromEntries(categories.map((c) => [c.category, c.n]))), JSON.stringify(keys)],
    ); // prettier-ignore
    await appendLeaf(tx, tenantId, { type: 'incident', incident: id, state: 'counted', persons, events, keys });
  }

  return {
    openIncident: (tenantId: string, made: NewIncident): Promise<unknown> =>
      db.inTenant(tenantId, async (tx) => {
        const { id, components, suspicion } = made;
        await tx.query(
          'INSERT INTO parley.incident (tenant_id, id, from_at, to_at, components, suspicion) VALUES ($1, $2, $3, $4, $5, $6)',
          [tenantId, id, made.from, made.to, components, suspicion],
        );
        await appendLeaf(tx, tenantId, { type: 'incident', incident: id, state: 'opened', components, suspicion });
      }),

    /** Incidents of all tenants whose lists are not made. */
    uncountedIncidents: (limit: number): Promise<{ tenant_id: string; id: string }[]> =>
      db.directory(
        'SELECT tenant_id, id FROM parley.incident WHERE counted_at IS NULL AND (lease_until IS NULL OR lease_until < now()) ORDER BY id LIMIT $1',
        [limit],
      ),

    /** Makes the list of the persons concerned; null: another process is at it, or it is made. */
    async countIncident(
      tenantId: string,
      id: string,
      reachOf: (row: IncidentRow) => IncidentReach & { readonly keysExposed: boolean },
    ): Promise<IncidentRow | null> {
      const row = await claim(tenantId, id);
      if (!row) return null;
      const reach = reachOf(row);
      await listMessages(row, reach);
      await db.inTenant(tenantId, async (tx) => {
        await listMore(tx, row, reach);
        await sumUp(tx, row, reach.keysExposed);
      });
      return (await read(tenantId, 'id = $2', [id]))[0]!;
    },

    /** An incident as each tenant has it. */
    incidentAcross: (id: string): Promise<IncidentAcross[]> =>
      db.directory(
        `SELECT ${ACROSS} FROM parley.incident i JOIN parley.tenant t ON t.id = i.tenant_id WHERE i.id = $1 ORDER BY t.slug`,
        [id],
      ),

    incidentsAcross: (after: string | null, limit: number): Promise<Omit<IncidentRow, 'categories' | 'keys' | 'tenant_id'>[]> =>
      db.directory(
        `SELECT id, min(from_at) AS from_at, min(to_at) AS to_at, min(components) AS components, min(suspicion) AS suspicion, min(opened_at) AS opened_at,
           CASE WHEN bool_and(counted_at IS NOT NULL) THEN max(counted_at) END AS counted_at, sum(persons)::int AS persons,
           sum(events)::float8 AS events, CASE WHEN bool_and(closed_at IS NOT NULL) THEN max(closed_at) END AS closed_at
         FROM parley.incident WHERE $1::uuid IS NULL OR id > $1 GROUP BY id ORDER BY id LIMIT $2`,
        [after, limit],
      ),

    incidentOf: async (tenantId: string, id: string): Promise<IncidentRow | null> =>
      (await read(tenantId, 'id = $2', [id]))[0] ?? null,

    /** The register of a tenant (Art. 33(5)): what concerned somebody, or was told. */
    incidentsOf: (tenantId: string, after: string | null, limit: number): Promise<IncidentRow[]> =>
      read(
        tenantId,
        `($2::uuid IS NULL OR id > $2) AND (persons > 0 OR id IN (SELECT incident_id FROM parley.incident_notice WHERE tenant_id = $1))
         ORDER BY id LIMIT $3`,
        [after, limit],
      ),

    /** Whom it concerns, by pseudonym; that somebody looked is a leaf. */
    incidentPersons: (tenantId: string, id: string, page: { after: string | null; limit: number }): Promise<IncidentPersonRow[]> =>
      db.inTenant(tenantId, async (tx) => {
        const rows = await tx.query<IncidentPersonRow & object>(
          `SELECT subject_id, events, categories, first_at, last_at FROM parley.incident_person
           WHERE tenant_id = $1 AND incident_id = $2 AND ($3::uuid IS NULL OR subject_id > $3) ORDER BY subject_id LIMIT $4`,
          [tenantId, id, page.after, page.limit],
        );
        await appendLeaf(tx, tenantId, { type: 'incident', incident: id, state: 'list-read', count: rows.length });
        return rows;
      }),

    /** Puts on record what the controller was told; null: the first notice was given before. */
    giveIncidentNotice: (
      tenantId: string,
      incidentId: string,
      notice: Omit<IncidentNoticeRow, 'at'> & { readonly sha256: string },
    ): Promise<IncidentNoticeRow | null> =>
      db.inTenant(tenantId, async (tx) => {
        const [row] = await tx.query<IncidentNoticeRow & object>(
          `INSERT INTO parley.incident_notice (tenant_id, id, incident_id, phase, body) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (tenant_id, incident_id) WHERE phase = 'first' DO NOTHING RETURNING id, phase, body, at`,
          [tenantId, notice.id, incidentId, notice.phase, JSON.stringify(notice.body)],
        );
        if (!row) return null;
        await appendLeaf(tx, tenantId, { type: 'incident-notice', incident: incidentId, notice: notice.id, phase: notice.phase, sha256: notice.sha256 }); // prettier-ignore
        return row;
      }),

    incidentNotices: (tenantId: string, incidentId: string): Promise<IncidentNoticeRow[]> =>
      db.inTenant(tenantId, (tx) =>
        tx.query('SELECT id, phase, body, at FROM parley.incident_notice WHERE tenant_id = $1 AND incident_id = $2 ORDER BY at, id', [tenantId, incidentId]),
      ),

    closeIncident: (tenantId: string, id: string): Promise<unknown> =>
      db.inTenant(tenantId, async (tx) => {
        const closed = await tx.query('UPDATE parley.incident SET closed_at = now() WHERE tenant_id = $1 AND id = $2 AND closed_at IS NULL RETURNING 1', [tenantId, id]); // prettier-ignore
        if (closed.length > 0) await appendLeaf(tx, tenantId, { type: 'incident', incident: id, state: 'closed' });
      }),
  }; // prettier-ignore
}
