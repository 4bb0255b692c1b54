// Incidents: the list of the persons concerned, made in steps from what is held, and the notices that were given.
import { NIL_UUID } from '#libs/kernel';
import { appendLeaf } from './leaf.js';
import type { Db, Tx } from './pool.js';

/** What was opened, or may have been. `rest`: everything held until then; `flow`: what passed in the window. */
export interface IncidentReach {
  readonly rest: boolean;
  readonly flow: boolean;
  /** Of the flow only what passed by these connections. */
  readonly connections: readonly string[];
  /** What these were given in the window, whenever it was written. */
  readonly recipients: readonly string[];
}

/** Categories of the identifiers that are kept beside the messages of a channel, by the version that they came under. */
export interface KeptBeside {
  readonly version: number;
  readonly channel: string;
  readonly categories: readonly string[];
}

export interface NewIncident {
  readonly id: string;
  readonly from: Date;
  readonly to: Date;
  readonly components: readonly string[];
  readonly suspicion: readonly string[];
}

/** `exposed`: persons whose keys may be known; `sealed`: their keys are not; `shredded`: erased since the window began, no longer on the list. */
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
/** What arrived at the end of the time is committed by then. */
const GRACE = "interval '2 seconds'";
const COLUMNS = `tenant_id, id, from_at, to_at, components, suspicion, opened_at, counted_at, persons, events::float8 AS events,
  categories, keys, closed_at`;
/** What the operator sees of all tenants at once. */
const ACROSS = `i.tenant_id, t.slug, i.id, i.from_at, i.to_at, i.components, i.suspicion, i.opened_at, i.counted_at, i.persons,
  i.events::float8 AS events, i.closed_at`;

/** A set of categories as text, in their order. */
const setOf = (categories: string): string => `ARRAY(SELECT DISTINCT unnest(${categories}) ORDER BY 1)`;
const MERGED = `CASE WHEN p.categories @> excluded.categories THEN p.categories ELSE ${setOf('p.categories || excluded.categories')} END,
      first_at = least(p.first_at, excluded.first_at), last_at = greatest(p.last_at, excluded.last_at)`;

/** One page of messages, oldest first: those within reach, by the person whose conversation it is. $9 what is kept beside them. */
const STEP = `WITH page AS MATERIALIZED (
    SELECT m.id, m.conversation_id, m.content_type, m.instruction_version, m.state <> 'dropped' OR NOT $6::boolean AS held
    FROM parley.message m WHERE m.tenant_id = $1 AND m.id > $3 AND m.id < parley.uuid_at($5) ORDER BY m.id LIMIT ${PAGE}),
  reached AS (
    SELECT c.subject_id, count(*) AS events, bool_or(page.held AND page.content_type IS NOT NULL) AS content, min(page.id::text) AS first, max(page.id::text) AS last,
      string_agg(DISTINCT k.categories, ',') FILTER (WHERE page.held) AS beside
    FROM page JOIN parley.conversation c ON c.tenant_id = $1 AND c.id = page.conversation_id
    LEFT JOIN (parley.connection_term t JOIN jsonb_to_recordset($9) AS k(version int, channel text, categories text) ON k.channel = t.channel)
      ON t.tenant_id = $1 AND t.connection_id = c.connection_id AND k.version = page.instruction_version
    WHERE $6 OR page.id >= parley.uuid_at($4) AND ($7 OR c.connection_id = ANY ($8::uuid[]))
    GROUP BY c.subject_id),
  added AS (
    INSERT INTO parley.incident_person AS p (tenant_id, incident_id, subject_id, events, categories, first_at, last_at)
    SELECT $1, $2, subject_id, events, ${setOf("'{routing}'::text[] || CASE WHEN content THEN '{content}'::text[] END || string_to_array(beside, ',')")},
      parley.made_at(first::uuid), parley.made_at(last::uuid) FROM reached
    ON CONFLICT (tenant_id, incident_id, subject_id) DO UPDATE SET events = p.events + excluded.events, categories = ${MERGED})
  SELECT count(*)::int AS looked, max(id::text)::uuid AS last FROM page`;

/**
 * Whose data a recipient was given, or was about to be: messages of the window, and of what was written before as many as certainly went
 * in it; $6 whoever it was. Of a disclosure that was repeated only the first and the last time are known: what lies between them may have gone in the window.
 */
const GIVEN = `WITH given AS MATERIALIZED (
    SELECT d.subject_id, d.categories, d.count, d.first_at, d.last_at FROM parley.disclosure d
    WHERE d.tenant_id = $1 AND ($6 OR d.recipient = ANY ($5::text[])) AND d.first_at < $4 AND d.last_at >= $3
    UNION ALL
    SELECT c.subject_id, ARRAY(SELECT jsonb_array_elements_text(u.categories)), 1, u.at, u.at
    FROM parley.conversation c, jsonb_to_recordset(c.asking) AS u(recipient text, categories jsonb, at timestamptz)
    WHERE c.tenant_id = $1 AND c.asking IS NOT NULL AND ($6 OR u.recipient = ANY ($5::text[])) AND u.at >= $3 AND u.at < $4),
  persons AS MATERIALIZED (
    SELECT g.subject_id, coalesce(array_agg(DISTINCT k.category ORDER BY k.category) FILTER (WHERE k.category IS NOT NULL), '{}') AS categories,
      max(CASE WHEN g.first_at >= $3 AND g.last_at < $4 THEN g.count WHEN g.first_at >= $3 OR g.last_at < $4 THEN 1 ELSE 0 END) AS certain,
      min(g.first_at) FILTER (WHERE g.first_at >= $3) AS first_at, max(g.last_at) FILTER (WHERE g.last_at < $4) AS last_at
    FROM given g LEFT JOIN LATERAL unnest(g.categories) AS k(category) ON true GROUP BY g.subject_id),
  written AS MATERIALIZED (
    SELECT c.subject_id, count(*) AS events, parley.made_at(min(m.id::text)::uuid) AS first_at, parley.made_at(max(m.id::text)::uuid) AS last_at
    FROM parley.conversation c JOIN parley.message m ON m.tenant_id = $1 AND m.conversation_id = c.id AND m.id >= parley.uuid_at($3) AND m.id < parley.uuid_at($4)
    WHERE c.tenant_id = $1 AND c.subject_id IN (SELECT subject_id FROM persons) GROUP BY c.subject_id)
  INSERT INTO parley.incident_person AS p (tenant_id, incident_id, subject_id, events, categories, first_at, last_at)
  SELECT $1, $2, g.subject_id, greatest(g.certain, w.events), g.categories, least(g.first_at, w.first_at), greatest(g.last_at, w.last_at)
  FROM persons g JOIN parley.subject s ON s.tenant_id = $1 AND s.id = g.subject_id LEFT JOIN written w ON w.subject_id = g.subject_id
  ON CONFLICT (tenant_id, incident_id, subject_id) DO UPDATE SET events = greatest(p.events, excluded.events), categories = ${MERGED}`;

/** Persons who never wrote are held too. */
const SILENT = `INSERT INTO parley.incident_person (tenant_id, incident_id, subject_id, events, categories)
  SELECT $1, $2, s.id, 0, '{routing}' FROM parley.subject s WHERE s.tenant_id = $1 AND s.created_at < $3 ON CONFLICT DO NOTHING`;

/** Whose files were in reach; $3 from, or null: everything held; $4 to; $5 connections, or null: all. */
const FILES = `SELECT c.subject_id FROM parley.attachment a JOIN parley.message m ON m.tenant_id = $1 AND m.id = a.message_id
  JOIN parley.conversation c ON c.tenant_id = $1 AND c.id = m.conversation_id
  WHERE a.tenant_id = $1 AND a.message_id < parley.uuid_at($4) AND ($3::timestamptz IS NULL OR a.message_id >= parley.uuid_at($3))
    AND ($5::uuid[] IS NULL OR c.connection_id = ANY ($5))`;

/** What else is held of a person, by category; $3 to. */
const HELD: Readonly<Record<string, string>> = {
  profile: 'SELECT c.subject_id FROM parley.conversation c WHERE c.tenant_id = $1 AND c.locale IS NOT NULL AND c.created_at < $3',
  'consent-record': `SELECT e.subject_id FROM parley.consent_event e WHERE e.tenant_id = $1 AND e.at < $3
    UNION SELECT o.subject_id FROM parley.objection o WHERE o.tenant_id = $1 AND o.at < $3`,
}; // prettier-ignore

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

  async function listMessages(row: IncidentRow, reach: IncidentReach, beside: readonly KeptBeside[]): Promise<void> {
    if (!reach.rest && !reach.flow && reach.connections.length === 0) return;
    const { tenant_id: tenantId, id, from_at: from, to_at: to } = row;
    const kept = JSON.stringify(beside.map((one) => ({ ...one, categories: one.categories.join(',') })));
    const first = `CASE WHEN $2 THEN '${NIL_UUID}'::uuid ELSE parley.uuid_at($1) END`;
    let [mark] = (await db.inTenant(tenantId, (tx) => tx.query<{ at: string }>(`SELECT ${first} AS at`, [from, reach.rest]))).map(({ at }) => at); // prettier-ignore
    for (;;) {
      const [step] = await db.inTenant(tenantId, async (tx) => {
        await tx.query(`UPDATE parley.incident SET lease_until = now() + ${LEASE} WHERE tenant_id = $1 AND id = $2`, [tenantId, id]); // prettier-ignore
        return tx.query<{ looked: number; last: string | null }>(STEP, [
          tenantId, id, mark, from, to, reach.rest, reach.flow, reach.connections, kept,
        ]); // prettier-ignore
      });
      if (step!.looked < PAGE || step!.last === null) return;
      mark = step!.last;
    }
  }

  async function listMore(tx: Tx, row: IncidentRow, reach: IncidentReach): Promise<void> {
    const { tenant_id: tenantId, id, from_at: from, to_at: to } = row;
    const { rest, flow, connections, recipients } = reach;
    const also = (category: string, subjects: string, values: readonly unknown[]): Promise<unknown> =>
      tx.query(
        `UPDATE parley.incident_person p SET categories = ${setOf(`p.categories || '{${category}}'::text[]`)}
         WHERE p.tenant_id = $1 AND p.incident_id = $2 AND p.subject_id IN (${subjects})`,
        [tenantId, id, ...values],
      );
    if (rest) await tx.query(SILENT, [tenantId, id, to]);
    await also('attachments', FILES, [rest ? null : from, to, rest || flow ? null : connections]);
    if (rest) for (const [category, subjects] of Object.entries(HELD)) await also(category, subjects, [to]);
    // What was passed on in the time was in the memory, whenever it was written.
    if (recipients.length > 0 || flow) await tx.query(GIVEN, [tenantId, id, from, to, recipients, flow]);
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
      'SELECT count(*)::int AS n FROM parley.deletion WHERE tenant_id = $1 AND at >= $2',
      [tenantId, from],
    );
    const { persons, events, keyed } = sum!;
    const keys: IncidentKeys = {
      exposed: keysExposed ? keyed : 0,
      sealed: keysExposed ? 0 : keyed,
      shredded: gone!.n,
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

    /** Incidents of all tenants whose time is over, and whose lists are not made. */
    uncountedIncidents: (limit: number): Promise<{ tenant_id: string; id: string }[]> =>
      db.directory(
        `SELECT tenant_id, id FROM parley.incident WHERE counted_at IS NULL AND to_at < now() - ${GRACE} AND (lease_until IS NULL OR lease_until < now())
         ORDER BY id LIMIT $1`,
        [limit],
      ),

    /** Makes the list of the persons concerned; null: another process is at it, or it is made. */
    async countIncident(
      tenantId: string,
      id: string,
      at: {
        readonly reachOf: (row: IncidentRow) => IncidentReach & { readonly keysExposed: boolean };
        readonly beside: readonly KeptBeside[];
      },
    ): Promise<IncidentRow | null> {
      const row = await claim(tenantId, id);
      if (!row) return null;
      const reach = at.reachOf(row);
      await listMessages(row, reach, at.beside);
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
