// Incidents: what was suspected, whom it concerns, and what the controller was told (Art. 33(2), (5)). One row per tenant and incident.

export const INCIDENT_TABLES = `
CREATE TABLE parley.incident (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  from_at timestamptz NOT NULL,
  to_at timestamptz NOT NULL,
  components text[] NOT NULL,
  suspicion text[] NOT NULL,
  opened_at timestamptz NOT NULL DEFAULT now(),
  lease_until timestamptz,
  -- What the list came to. It stays when persons on the list are erased.
  counted_at timestamptz,
  persons int NOT NULL DEFAULT 0,
  events bigint NOT NULL DEFAULT 0,
  categories jsonb NOT NULL DEFAULT '{}',
  keys jsonb NOT NULL DEFAULT '{}',
  closed_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  CHECK (to_at > from_at)
);
CREATE INDEX incident_uncounted ON parley.incident (tenant_id, id) WHERE counted_at IS NULL;

CREATE TABLE parley.incident_person (
  tenant_id uuid NOT NULL,
  incident_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  events int NOT NULL,
  categories text[] NOT NULL,
  first_at timestamptz,
  last_at timestamptz,
  PRIMARY KEY (tenant_id, incident_id, subject_id),
  FOREIGN KEY (tenant_id, subject_id) REFERENCES parley.subject (tenant_id, id)
) WITH (fillfactor = 70);
CREATE INDEX incident_person_subject ON parley.incident_person (tenant_id, subject_id);

-- What the controller was told, in phases; never changed afterwards.
CREATE TABLE parley.incident_notice (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  incident_id uuid NOT NULL,
  phase text NOT NULL,
  body jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, incident_id) REFERENCES parley.incident (tenant_id, id)
);
CREATE UNIQUE INDEX incident_notice_first ON parley.incident_notice (tenant_id, incident_id) WHERE phase = 'first';
`;

/** After the roles. */
export const INCIDENT_SECURITY = `
REVOKE UPDATE ON parley.incident_notice FROM parley_app;
`;
