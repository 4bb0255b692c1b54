// The tables, as SQL. `tenant_id` leads every primary key and index; nothing readable about a person is in any column.

export const TABLES = `
CREATE TABLE parley.tenant (
  id uuid PRIMARY KEY,
  slug text NOT NULL UNIQUE,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- While a process ends the contract; no other does.
  ending_until timestamptz
);

CREATE TABLE parley.tenant_key (
  tenant_id uuid PRIMARY KEY REFERENCES parley.tenant (id),
  wrapped bytea NOT NULL
);

CREATE TABLE parley.api_key (
  tenant_id uuid NOT NULL REFERENCES parley.tenant (id),
  id uuid NOT NULL,
  hash bytea NOT NULL UNIQUE,
  label text NOT NULL,
  scope text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);

CREATE TABLE parley.instruction_version (
  tenant_id uuid NOT NULL REFERENCES parley.tenant (id),
  version int NOT NULL,
  supersedes int,
  hash text NOT NULL,
  document jsonb NOT NULL,
  findings jsonb NOT NULL,
  submitted_at timestamptz NOT NULL DEFAULT now(),
  approved_at timestamptz,
  approved_by text,
  acknowledged text[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (tenant_id, version)
);

CREATE TABLE parley.connection (
  tenant_id uuid NOT NULL REFERENCES parley.tenant (id),
  id uuid NOT NULL UNIQUE,
  channel text NOT NULL,
  name text NOT NULL,
  account text,
  -- The platform's name of the holder of several accounts, by which facts about all of them come.
  portfolio text,
  settings jsonb NOT NULL,
  secrets bytea NOT NULL,
  site_key_hash bytea UNIQUE,
  health text NOT NULL,
  health_reason text,
  checked_at timestamptz NOT NULL DEFAULT now(),
  -- Since when the platform takes nothing from it: what is due waits.
  stopped_at timestamptz,
  -- Until when the platform told it to send nothing, and with which code; in every process.
  paused_until timestamptz,
  pause_code text,
  -- When, and with which code, it last let the account not ask for something of a person.
  look_up_refused_at timestamptz,
  look_up_code text,
  -- When its credentials worked for the first time: whoever has them has the account.
  proven_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX connection_account ON parley.connection (channel, account);
CREATE INDEX connection_portfolio ON parley.connection (channel, portfolio) WHERE portfolio IS NOT NULL;

CREATE TABLE parley.recipient_secret (
  tenant_id uuid NOT NULL REFERENCES parley.tenant (id),
  recipient text NOT NULL,
  secret bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, recipient)
);

CREATE TABLE parley.subject (
  tenant_id uuid NOT NULL REFERENCES parley.tenant (id),
  id uuid NOT NULL,
  restricted boolean NOT NULL DEFAULT false,
  marketing_stopped_at timestamptz,
  -- The same for subjects that were found to be one person; random.
  person uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX subject_restricted ON parley.subject (tenant_id, id) WHERE restricted;
CREATE INDEX subject_person ON parley.subject (tenant_id, person) WHERE person IS NOT NULL;

CREATE TABLE parley.identity (
  tenant_id uuid NOT NULL,
  hash bytea NOT NULL,
  subject_id uuid NOT NULL,
  kind text NOT NULL,
  value bytea NOT NULL,
  instruction_version int NOT NULL,
  clause text NOT NULL,
  valid_from timestamptz NOT NULL DEFAULT now(),
  valid_to timestamptz,
  PRIMARY KEY (tenant_id, hash),
  FOREIGN KEY (tenant_id, subject_id) REFERENCES parley.subject (tenant_id, id)
);
CREATE INDEX identity_subject ON parley.identity (tenant_id, subject_id);

CREATE TABLE parley.conversation (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  connection_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  thread text NOT NULL,
  locale text,
  -- Which first notice was given last, and by which message of ours: how that was delivered is the evidence (Art. 13).
  notice_hash text,
  notice_id uuid,
  last_inbound_at timestamptz,
  -- When another app was last known to have it; what the person has said to us since then gives us the floor again.
  aside_at timestamptz,
  -- When the last of its content goes, and when all of it, if nothing more is said there: in no index, so that a turn writes them for nothing.
  content_due_at timestamptz,
  due_at timestamptz,
  last_message_id uuid,
  -- What tokens in texts stand for, sealed under the subject's key.
  tokens bytea,
  attempts int NOT NULL DEFAULT 0,
  not_before timestamptz,
  -- It rests because of what a recipient or a file does: what is to be sent need not wait as long, only until then.
  ours_from timestamptz,
  -- Numbers what clients that fetch for themselves may see: its row lock makes the order of commits the order of numbers.
  feed bigint NOT NULL DEFAULT 0,
  lease uuid,
  lease_until timestamptz,
  -- To whom its turn has begun to give data, written before the bytes leave: what stands here when nobody is at work was disclosed, for all anybody knows.
  asking jsonb,
  -- By which it began.
  instruction_version int NOT NULL,
  clause text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, connection_id, subject_id, thread),
  FOREIGN KEY (tenant_id, subject_id) REFERENCES parley.subject (tenant_id, id)
) WITH (fillfactor = 70);
CREATE INDEX conversation_subject ON parley.conversation (tenant_id, subject_id);

-- Ids are uuid version 7, so a range of ids is a range of time: old partitions can be dropped whole.
CREATE TABLE parley.message (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  direction text NOT NULL,
  type text NOT NULL,
  content_type text,
  body bytea,
  target bytea,
  reply_to uuid,
  state text NOT NULL,
  rank smallint NOT NULL DEFAULT 0,
  code text,
  attempts int NOT NULL DEFAULT 0,
  -- How often it was replayed from the dead letters; what is said of an earlier time no longer counts.
  replays smallint NOT NULL DEFAULT 0,
  -- Of a long message: keyed hashes of the platform's ids of the parts that went out already.
  sent_parts bytea[],
  feed bigint,
  -- Held until consent is given: for which purposes, until when, and whether others had it already.
  waiting text[],
  held_until timestamptz,
  forwarded boolean NOT NULL DEFAULT false,
  -- Of ours: the purposes that it was written for, of which one is enough for it to be sent; none: it depends on none.
  purposes text[] NOT NULL DEFAULT '{}',
  -- Of these, those that need consent.
  under_consent text[] NOT NULL DEFAULT '{}',
  -- Of ours: marketing and nothing else, which a person can stop whatever it rests on.
  marketing boolean NOT NULL DEFAULT false,
  -- Of ours: nothing instructed stores it, so it goes once it has reached the person.
  fleeting boolean NOT NULL DEFAULT false,
  -- Of theirs, while it waits: nobody has looked whether it asks something of the gateway itself. What does waits for nothing.
  unheard boolean NOT NULL DEFAULT false,
  instruction_version int NOT NULL,
  clause text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
) PARTITION BY RANGE (id);
CREATE INDEX message_open ON parley.message (tenant_id, conversation_id, id) WHERE state IN ('pending', 'queued', 'sending');
CREATE INDEX message_held ON parley.message (tenant_id, held_until) WHERE state = 'held';
CREATE INDEX message_feed ON parley.message (tenant_id, conversation_id, feed) WHERE feed IS NOT NULL;
CREATE INDEX message_fleeting ON parley.message (tenant_id, conversation_id, id) WHERE fleeting AND body IS NOT NULL;
CREATE INDEX message_profile ON parley.message (tenant_id, conversation_id, id) WHERE type = 'profile';
CREATE INDEX message_conversation ON parley.message (tenant_id, conversation_id, id);
CREATE TABLE parley.message_default PARTITION OF parley.message DEFAULT;

CREATE TABLE parley.external_id (
  tenant_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  hash bytea NOT NULL,
  message_id uuid,
  conversation_id uuid,
  at timestamptz NOT NULL,
  -- Of a message of ours: how often it had been replayed when the platform called it this.
  replays smallint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, connection_id, hash)
);

CREATE TABLE parley.delivery_status (
  tenant_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  hash bytea NOT NULL,
  status text NOT NULL,
  rank smallint NOT NULL,
  code text,
  at timestamptz NOT NULL,
  -- Since when no message is known to which it belongs: it may come before the answer to the sending of it.
  unbound_since timestamptz,
  instruction_version int NOT NULL,
  clause text NOT NULL,
  PRIMARY KEY (tenant_id, connection_id, hash, status)
);
CREATE INDEX delivery_status_unbound ON parley.delivery_status (tenant_id, unbound_since) WHERE unbound_since IS NOT NULL;

-- How many events of a connection exposed the same identifiers, of which the same was done. 'lane': processes count apart.
CREATE TABLE parley.observation (
  tenant_id uuid NOT NULL,
  connection_id uuid NOT NULL,
  channel text NOT NULL,
  exposure uuid NOT NULL,
  -- JSON: [kind, path, action, times] of each identifier.
  exposed text NOT NULL,
  lane smallint NOT NULL,
  count bigint NOT NULL,
  first_seen timestamptz NOT NULL,
  last_seen timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, connection_id, exposure, lane)
) WITH (fillfactor = 70);

CREATE TABLE parley.disclosure (
  tenant_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  recipient text NOT NULL,
  purpose text NOT NULL,
  instruction_version int NOT NULL,
  clause text NOT NULL,
  categories text[] NOT NULL,
  count bigint NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, subject_id, recipient, purpose, instruction_version)
);

-- Every consent asked for, given, refused, withdrawn or lapsed; the latest per purpose is the state. Only ever added to.
CREATE TABLE parley.consent_event (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  subject_id uuid NOT NULL,
  purpose text NOT NULL,
  state text NOT NULL,
  text_id text NOT NULL,
  text_version text NOT NULL,
  text_hash text NOT NULL,
  scope text NOT NULL,
  language text NOT NULL,
  channel text NOT NULL,
  message_id uuid,
  -- What brought the person's wish where no message did.
  source text CHECK (source IN ('platform', 'request')),
  instruction_version int NOT NULL,
  clause text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Random: opens the receipt that the person is given.
  code text,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, subject_id) REFERENCES parley.subject (tenant_id, id)
);
CREATE INDEX consent_event_code ON parley.consent_event (code) WHERE code IS NOT NULL;
CREATE INDEX consent_event_given ON parley.consent_event (tenant_id, purpose, at) WHERE state IN ('given', 'renewed');
CREATE INDEX consent_event_subject ON parley.consent_event (tenant_id, subject_id, purpose, id);

CREATE TABLE parley.dead_letter (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  message_id uuid NOT NULL,
  stage text NOT NULL,
  code text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  replayed_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);

CREATE TABLE parley.attachment (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  message_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  media text NOT NULL,
  mime text NOT NULL,
  size int NOT NULL,
  bytes bytea,
  -- Of a file that could not be had: by what it can be asked for once more.
  source bytea,
  -- Which of its message's files it is, from 0: those that are missing can be told.
  position smallint NOT NULL DEFAULT 0,
  instruction_version int NOT NULL,
  clause text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((bytes IS NULL) <> (source IS NULL)),
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX attachment_message ON parley.attachment (tenant_id, message_id);

-- One-time tickets of the web chat's stream: random ids, no tenant and no person.
CREATE TABLE parley.spent_ticket (
  id text PRIMARY KEY,
  until timestamptz NOT NULL
);

-- What was done, without personal data. A leaf is appended by the transaction that did it, without a position, and is
-- given its position in the tenant's tree afterwards, once: a commit waits for no other (docs/decisions/0006-ledger.md).
CREATE TABLE parley.ledger_leaf (
  tenant_id uuid NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  leaf jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  position bigint,
  PRIMARY KEY (tenant_id, seq)
);
CREATE UNIQUE INDEX ledger_position ON parley.ledger_leaf (tenant_id, position) WHERE position IS NOT NULL;
CREATE INDEX ledger_pending ON parley.ledger_leaf (tenant_id, seq) WHERE position IS NULL;

-- Full tiles of 256 hashes; level 0 has leaf hashes, level n the roots of the full tiles of level n - 1.
CREATE TABLE parley.ledger_tile (
  tenant_id uuid NOT NULL,
  level smallint NOT NULL,
  index bigint NOT NULL,
  hashes bytea NOT NULL,
  PRIMARY KEY (tenant_id, level, index)
);
ALTER TABLE parley.ledger_tile ALTER COLUMN hashes SET STORAGE EXTERNAL;

-- The last signed checkpoint, and the tiles that are not full yet, by level.
CREATE TABLE parley.ledger_head (
  tenant_id uuid PRIMARY KEY,
  size bigint NOT NULL,
  note text NOT NULL,
  edge bytea[] NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);

-- Checkpoints that stay: about one an hour while something happens.
CREATE TABLE parley.ledger_checkpoint (
  tenant_id uuid NOT NULL,
  size bigint NOT NULL,
  note text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, size)
);

-- The key that signs: its public half in clear, its private half sealed under the tenant's key.
CREATE TABLE parley.ledger_key (
  tenant_id uuid PRIMARY KEY,
  public_key bytea NOT NULL,
  sealed bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
`;
