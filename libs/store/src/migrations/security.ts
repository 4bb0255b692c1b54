// Who may touch what: an application role that owns nothing, row-level security that is forced, and a directory role
// that sees ids and states of all tenants but no content.

/** Tables with a tenant column, under the tenant's row-level security. */
export const TENANT_TABLES = [
  'tenant_key',
  'api_key',
  'instruction_application',
  'instruction_version',
  'instruction_statement',
  'recipient_objection',
  'connection',
  'connection_term',
  'recipient_secret',
  'subject',
  'subject_key',
  'identity',
  'conversation',
  'message',
  'external_id',
  'delivery_status',
  'observation',
  'disclosure',
  'consent_event',
  'consent_ending',
  'dead_letter',
  'attachment',
  'stale_tokens',
  'mention',
  'mention_search',
  'opendsr_callback',
  'opendsr_request',
  'opendsr_certificate',
  'correction',
  'rights_copy',
  'recipient_notice',
  'rights_request',
  'objection',
  'suppression',
  'deletion',
  'retention_mark',
  'sensitive_event',
  'age_event',
  'statistic_bin',
  'incident_person',
  'incident_notice',
  'incident',
  'ledger_leaf',
  'ledger_tile',
  'ledger_head',
  'ledger_checkpoint',
  'ledger_key',
] as const;

const role = (name: string): string => `
GRANT USAGE ON SCHEMA parley TO ${name};`;

// The sub-select is evaluated once per statement, not once per row.
const mine = (column: string): string => `${column} = ANY ((SELECT current_setting('parley.tenants')::uuid[])::uuid[])`;

/**
 * Which rows are read. IS TRUE changes nothing but that it is no condition for an index: every statement names its tenants itself, and
 * told so twice the planner believes that next to no row is left, and takes any index that begins with the tenant.
 */
const read = (column: string): string => `(${mine(column)}) IS TRUE`;

const tenantTable = (table: string): string => `
ALTER TABLE parley.${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE parley.${table} FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON parley.${table} TO parley_app USING (${read('tenant_id')}) WITH CHECK (${mine('tenant_id')});
GRANT SELECT, INSERT, UPDATE, DELETE ON parley.${table} TO parley_app;`;

/** What the directory role may read across tenants: never a body, a value, a key or a document. */
const DIRECTORY: Readonly<Record<string, string>> = {
  tenant: 'id, slug, name, created_at',
  api_key: 'tenant_id, id, hash, scope, revoked_at',
  connection:
    'tenant_id, id, channel, account, portfolio, site_key_hash, health, checked_at, stopped_at, proven_at, created_at',
  conversation: 'tenant_id, id, not_before, ours_from, lease_until',
  message: 'tenant_id, id, conversation_id, direction, state, held_until, unheard',
  instruction_application: 'tenant_id, version, not_before, finished_at',
  consent_event: 'tenant_id, code, at',
  consent_ending: 'tenant_id, id, not_before, finished_at',
  stale_tokens: 'tenant_id, conversation_id, not_before',
  ledger_leaf: 'tenant_id, seq, position',
  rights_request:
    'tenant_id, id, state, code, received_at, due_at, alerted, not_before, kept_until, revision, told_revision, tell_at',
  rights_copy: 'tenant_id, request_id, until',
  mention_search: 'tenant_id, request_id, finished_at, lease_until',
  delivery_status: 'tenant_id, unbound_since',
  opendsr_request: 'tenant_id, id, request_id, cancelled_at',
  opendsr_callback: 'tenant_id, id, n, told, closed, not_before',
  sensitive_event: 'tenant_id, purge_at, purged_at',
  incident:
    'tenant_id, id, from_at, to_at, components, suspicion, opened_at, lease_until, counted_at, persons, events, closed_at',
  recipient_notice: 'tenant_id, id, recipient, state, not_before, escalate_at, escalated_at',
  deletion: 'tenant_id, id, subject_id, at, request_id, kept',
};

const directoryTable = ([table, columns]: [string, string]): string => `
CREATE POLICY directory ON parley.${table} FOR SELECT TO parley_directory USING (true);
GRANT SELECT (${columns}) ON parley.${table} TO parley_directory;`;

/** The ledger is appended to: a leaf is never changed or removed, and is given its position once. */
const LEDGER = `
REVOKE UPDATE, DELETE ON parley.ledger_leaf, parley.ledger_tile, parley.ledger_checkpoint, parley.ledger_key FROM parley_app;
REVOKE DELETE ON parley.ledger_head FROM parley_app;
GRANT UPDATE (position) ON parley.ledger_leaf TO parley_app;
CREATE POLICY appended ON parley.ledger_leaf AS RESTRICTIVE FOR INSERT TO parley_app WITH CHECK (position IS NULL);
CREATE POLICY placed_once ON parley.ledger_leaf AS RESTRICTIVE FOR UPDATE TO parley_app
  USING (position IS NULL) WITH CHECK (position IS NOT NULL);`;

export const SECURITY = `
${role('parley_app')}
${role('parley_directory')}
ALTER TABLE parley.tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE parley.tenant FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON parley.tenant TO parley_app USING (${read('id')}) WITH CHECK (${mine('id')});
GRANT SELECT, INSERT, UPDATE, DELETE ON parley.tenant TO parley_app;
${TENANT_TABLES.map(tenantTable).join('\n')}
GRANT SELECT, INSERT, DELETE ON parley.spent_ticket TO parley_app;
GRANT SELECT, INSERT, UPDATE ON parley.heartbeat TO parley_app;
GRANT SELECT (name) ON parley.migration TO parley_app;
${LEDGER}
REVOKE UPDATE ON parley.consent_event FROM parley_app;
REVOKE UPDATE, DELETE ON parley.instruction_version, parley.instruction_statement FROM parley_app;
GRANT UPDATE (approved_at, approved_by, acknowledged) ON parley.instruction_version TO parley_app;
${Object.entries(DIRECTORY).map(directoryTable).join('\n')}
`;
