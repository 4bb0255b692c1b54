// What a controller put right of a person (Art. 16): values that stand instead of what a channel exposes, and statements of the person.

export const CORRECTION_TABLES = `
CREATE TABLE parley.correction (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  subject_id uuid NOT NULL,
  request_id uuid NOT NULL,
  -- A value of a kind of identifier of a channel; or else a statement, on a message or on the person's record.
  channel text,
  kind text,
  form text,
  message_id uuid,
  value bytea NOT NULL,
  -- Keyed hashes of the values that were wrong, so that they are known when the channel exposes them again.
  replaces bytea[] NOT NULL DEFAULT '{}',
  -- Until everything that is held was looked through it replaces any value.
  settled_at timestamptz,
  instruction_version int NOT NULL,
  clause text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, subject_id) REFERENCES parley.subject (tenant_id, id)
);
CREATE UNIQUE INDEX correction_value ON parley.correction (tenant_id, subject_id, channel, kind) WHERE kind IS NOT NULL;
CREATE INDEX correction_subject ON parley.correction (tenant_id, subject_id);
`;
