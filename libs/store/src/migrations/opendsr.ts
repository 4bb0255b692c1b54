// Tables of OpenDSR: by which id a controller's system knows a request, where it is told of it, and what its own calls are signed with.

export const OPENDSR_TABLES = `
-- The id is the controller's, random, and good for one request as long as that is kept, far beyond the months in which a call is taken:
-- whoever sends it again sets nothing off.
CREATE TABLE parley.opendsr_request (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  request_id uuid NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  cancelled_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, request_id) REFERENCES parley.rights_request (tenant_id, id)
);
CREATE INDEX opendsr_request_request ON parley.opendsr_request (tenant_id, request_id);

-- Told: the last state that the address has taken.
CREATE TABLE parley.opendsr_callback (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  n smallint NOT NULL,
  url text NOT NULL,
  told text,
  closed boolean NOT NULL DEFAULT false,
  attempts int NOT NULL DEFAULT 0,
  code text,
  not_before timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id, n),
  FOREIGN KEY (tenant_id, id) REFERENCES parley.opendsr_request (tenant_id, id)
);
CREATE INDEX opendsr_callback_open ON parley.opendsr_callback (tenant_id, not_before) WHERE NOT closed;

CREATE TABLE parley.opendsr_certificate (
  tenant_id uuid PRIMARY KEY REFERENCES parley.tenant (id),
  pem text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
`;
