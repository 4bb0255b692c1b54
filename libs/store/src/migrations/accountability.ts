// Tables of accountability: which accounts were connected when, so that records of a past date can be made again.

export const ACCOUNTABILITY_TABLES = `
-- A connection leaves its name and its time behind: conversations refer to it after it was removed.
CREATE TABLE parley.connection_term (
  tenant_id uuid NOT NULL REFERENCES parley.tenant (id),
  connection_id uuid NOT NULL,
  channel text NOT NULL,
  name text NOT NULL,
  begun_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  PRIMARY KEY (tenant_id, connection_id)
);
`;
