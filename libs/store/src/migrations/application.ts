// The tables of what is applied to what is held: stricter versions, and consents that ended; how far each has come.

export const APPLICATION_TABLES = `
-- One row per approved version. The row is the job: whoever finds it due carries it on from where it stands.
CREATE TABLE parley.instruction_application (
  tenant_id uuid NOT NULL,
  version int NOT NULL,
  state text NOT NULL DEFAULT 'waiting',
  -- What is stricter than in earlier versions, as pointers into the document.
  stricter text[] NOT NULL DEFAULT '{}',
  -- All rows are looked at in each round; a further one finds what was in flight or in work.
  round smallint NOT NULL DEFAULT 1,
  skipped int NOT NULL DEFAULT 0,
  conversation_mark uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  message_mark uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  total int NOT NULL DEFAULT 0,
  examined int NOT NULL DEFAULT 0,
  changed int NOT NULL DEFAULT 0,
  not_before timestamptz NOT NULL,
  started_at timestamptz,
  finished_at timestamptz,
  PRIMARY KEY (tenant_id, version),
  FOREIGN KEY (tenant_id, version) REFERENCES parley.instruction_version (tenant_id, version)
);
CREATE INDEX instruction_application_due ON parley.instruction_application (tenant_id, version) WHERE finished_at IS NULL;
-- One row per consent that was given and ended: the row is the job, as above, for one person.
CREATE TABLE parley.consent_ending (
  tenant_id uuid NOT NULL,
  -- The event by which it ended.
  id uuid NOT NULL,
  subject_id uuid NOT NULL,
  purpose text NOT NULL,
  cause text NOT NULL,
  state text NOT NULL DEFAULT 'waiting',
  round smallint NOT NULL DEFAULT 1,
  skipped int NOT NULL DEFAULT 0,
  conversation_mark uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  message_mark uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  total int NOT NULL DEFAULT 0,
  examined int NOT NULL DEFAULT 0,
  changed int NOT NULL DEFAULT 0,
  files int NOT NULL DEFAULT 0,
  not_before timestamptz NOT NULL DEFAULT clock_timestamp(),
  started_at timestamptz,
  finished_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, subject_id) REFERENCES parley.subject (tenant_id, id)
);
CREATE INDEX consent_ending_subject ON parley.consent_ending (tenant_id, subject_id);
CREATE INDEX consent_ending_due ON parley.consent_ending (not_before) WHERE finished_at IS NULL;
`;
