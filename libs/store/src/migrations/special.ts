// Tables of what a person is known to have written or declared: special categories (Art. 9, 10) and whether they are of age (Art. 8).

export const SPECIAL_TABLES = `
-- That something of a special category was found in a message, what was told of it, and by when the message goes. No kind, no word.
CREATE TABLE parley.sensitive_event (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  -- The message that brought it, and the one whose content it is: an edit brings it to another.
  message_id uuid NOT NULL,
  content_of uuid NOT NULL,
  section text NOT NULL,
  mode text NOT NULL,
  told boolean NOT NULL,
  text_hash text NOT NULL,
  language text NOT NULL,
  instruction_version int NOT NULL,
  clause text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  purge_at timestamptz,
  purged_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, message_id, content_of, section)
);
CREATE INDEX sensitive_event_conversation ON parley.sensitive_event (tenant_id, conversation_id);
CREATE INDEX sensitive_event_due ON parley.sensitive_event (tenant_id, purge_at) WHERE purged_at IS NULL AND purge_at IS NOT NULL;

-- Whether a person is of age, as they said or as a guardian was confirmed; the latest is the state. Only ever added to. No date of birth.
CREATE TABLE parley.age_event (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  subject_id uuid NOT NULL,
  state text NOT NULL,
  age smallint NOT NULL,
  source text NOT NULL,
  text_hash text NOT NULL,
  language text NOT NULL,
  channel text NOT NULL,
  message_id uuid,
  instruction_version int NOT NULL,
  clause text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, subject_id) REFERENCES parley.subject (tenant_id, id)
);
CREATE INDEX age_event_subject ON parley.age_event (tenant_id, subject_id, id);
`;

/** After the roles: both are only added to; that a message has gone is noted once. */
export const SPECIAL_RIGHTS = `
REVOKE UPDATE ON parley.sensitive_event, parley.age_event FROM parley_app;
GRANT UPDATE (purged_at) ON parley.sensitive_event TO parley_app;
`;
