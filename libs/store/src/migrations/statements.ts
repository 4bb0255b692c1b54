// What named persons of a business said: of a version of the instructions, that they approve it or took note of what is wrong with it; of a
// recipient, that they object to it.

export const STATEMENT_TABLES = `
CREATE TABLE parley.instruction_statement (
  tenant_id uuid NOT NULL REFERENCES parley.tenant (id),
  id uuid NOT NULL,
  version int NOT NULL,
  -- approval, or acknowledgement of a notice under Art. 28(3).
  kind text NOT NULL,
  name text NOT NULL,
  -- Which credential it was made with.
  credential text NOT NULL,
  rules text[] NOT NULL,
  -- JWS under the tenant's key over the hash of the document and the above.
  signature text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, version) REFERENCES parley.instruction_version (tenant_id, version) ON DELETE CASCADE
);
CREATE UNIQUE INDEX instruction_statement_name ON parley.instruction_statement (tenant_id, version, kind, name);
`;

export const OBJECTION_TABLES = `
-- The controller objects to a recipient (Art. 28(2)): it is given nothing while the objection stands. The ledger has the history.
CREATE TABLE parley.recipient_objection (
  tenant_id uuid NOT NULL REFERENCES parley.tenant (id),
  recipient text NOT NULL,
  name text NOT NULL,
  reason text,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, recipient)
);
`;
