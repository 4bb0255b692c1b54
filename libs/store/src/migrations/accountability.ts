// Tables of accountability: which accounts were connected when, and what stays of a contract that ended.

export const ACCOUNTABILITY_TABLES = `
-- A connection leaves its name and its time behind: conversations refer to it after it was removed, and by account and settings, which
-- are the business's, the people who wrote to it are found.
CREATE TABLE parley.connection_term (
  tenant_id uuid NOT NULL REFERENCES parley.tenant (id),
  connection_id uuid NOT NULL,
  channel text NOT NULL,
  name text NOT NULL,
  account text,
  settings jsonb NOT NULL DEFAULT '{}',
  begun_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  PRIMARY KEY (tenant_id, connection_id)
);
`;

/** After the roles. */
export const ACCOUNTABILITY_SECURITY = `
-- What stays of a contract that ended: that it did, and how. Its id was the tenant's; nothing else of the tenant is left to belong to it.
CREATE TABLE parley.ended_contract (
  id uuid PRIMARY KEY,
  slug text NOT NULL,
  ended_at timestamptz NOT NULL DEFAULT now(),
  certificate text NOT NULL,
  checkpoint text,
  key text
);
ALTER TABLE parley.ended_contract ENABLE ROW LEVEL SECURITY;
ALTER TABLE parley.ended_contract FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON parley.ended_contract TO parley_app
  USING (id = ANY ((SELECT current_setting('parley.tenants')::uuid[])::uuid[])) WITH CHECK (id = ANY ((SELECT current_setting('parley.tenants')::uuid[])::uuid[]));
CREATE POLICY directory ON parley.ended_contract FOR SELECT TO parley_directory USING (true);
GRANT SELECT, INSERT ON parley.ended_contract TO parley_app;
GRANT SELECT ON parley.ended_contract TO parley_directory;
`;
