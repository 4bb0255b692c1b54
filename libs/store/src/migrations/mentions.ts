// Tables of the search for an erased person in what others wrote: what is looked for, while it is looked for, and what was found.

export const MENTION_TABLES = `
-- The words are needed after the person's key is gone: sealed under the tenant's, and only until the search has ended.
CREATE TABLE parley.mention_search (
  tenant_id uuid NOT NULL,
  request_id uuid NOT NULL,
  mode text NOT NULL,
  words bytea,
  mark uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  until uuid NOT NULL,
  examined int NOT NULL DEFAULT 0,
  found int NOT NULL DEFAULT 0,
  lease_until timestamptz,
  begun_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  PRIMARY KEY (tenant_id, request_id),
  FOREIGN KEY (tenant_id, request_id) REFERENCES parley.rights_request (tenant_id, id)
);
CREATE INDEX mention_search_open ON parley.mention_search (tenant_id) WHERE finished_at IS NULL;

-- Messages of others in which the person was found, for the controller to look at.
CREATE TABLE parley.mention (
  tenant_id uuid NOT NULL,
  request_id uuid NOT NULL,
  message_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  redacted boolean NOT NULL,
  PRIMARY KEY (tenant_id, request_id, message_id)
);
CREATE INDEX mention_message ON parley.mention (tenant_id, message_id);
`;
