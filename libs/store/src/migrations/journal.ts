// The journal of deletions, when it was last in order, and the role that reads everything for a backup.
import { TENANT_TABLES } from './security.js';

export const JOURNAL_TABLES = `
-- Whom, or what of whom, a restored backup must not bring back: random ids, for as long as a backup from before may be kept.
CREATE TABLE parley.deletion (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  subject_id uuid NOT NULL,
  at timestamptz NOT NULL,
  -- By which request, so that who is found later to have data is told, too.
  request_id uuid,
  -- What legal holds kept of the person, as the line has it; null: nothing was.
  kept json,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX deletion_whole ON parley.deletion (tenant_id, subject_id) WHERE kept IS NULL;

-- When a process last found that its journal outside has all that is in here: one row, which goes back when the database is set back.
CREATE TABLE parley.heartbeat (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  at timestamptz NOT NULL
);
`;

const readable = (table: string): string => `
CREATE POLICY backup ON parley.${table} FOR SELECT TO parley_backup USING (true);
GRANT SELECT ON parley.${table} TO parley_backup;`;

/** The owner itself is under the forced row-level security, and reads nothing; it may become this role. */
export const BACKUP_ROLE = `
GRANT USAGE ON SCHEMA parley TO parley_backup;
GRANT SELECT ON parley.spent_ticket, parley.destroyed_key, parley.heartbeat, parley.migration TO parley_backup;
${['tenant', 'ended_contract', ...TENANT_TABLES].map(readable).join('')}
`;
