// Security of processing (Art. 32(1) GDPR) as far as the software provides it; what people and premises do is the operator's.

export const MEASURES: readonly string[] = [
  'Instructions are evaluated in memory before anything is written; what is not instructed is not stored, queued, logged or forwarded.',
  "What people write, and how they can be reached, is encrypted before it reaches the database (AES-256-GCM), under a random key per person that is wrapped by the tenant's key, and that by the gateway's master key.",
  'Identifiers are looked up by keyed hashes; recipients know people and conversations by pseudonyms that differ from recipient to recipient.',
  'Tenants are separated by row-level security that the database enforces; the gateway connects as roles that own no table and cannot become one that does.',
  'Webhooks are taken only with a valid signature over their bytes.',
  'Calls go out to listed hosts only, with limits of time and size; secrets are stored encrypted and cannot be read back.',
  'Jobs carry random ids only; log lines carry event codes and fields of a closed list.',
  'Reading conversations takes a stated purpose of the instructions, and each read is recorded.',
  'What was done is recorded in a tamper-evident ledger with signed checkpoints, which anybody can verify without the gateway.',
  "Erasure destroys the person's key. The files of its table are written anew within an hour; the database's write-ahead log goes with that, or, on a server of the operator's, as set there. Until then, and in backups, the key is wrapped by the tenant's key and the master key, which is kept apart.",
  'What was acknowledged is committed; messages are processed in order and once, also after a crash.',
];

/** With what the processor assists the controller (clause 8 of 2021/915, Art. 28(3)(e) and (f) GDPR). */
export const ASSISTANCE: readonly string[] = [
  'Requests of data subjects are taken by interface, in the conversation and from platforms, are passed on at once, have a clock, and are answered only as instructed.',
  'Access and portability: a copy of everything held, as JSON with a published schema and as a page.',
  'Erasure: key destroyed, rows deleted, recipients told until they confirm, with a certificate.',
  'Restriction, objection and withdrawal of consent are states that each stage of processing respects.',
  'Instructions that appear to infringe the law are pointed out before they are approved (Art. 28(3), last sentence).',
  'This record, the annexes and the register of sub-processors are generated for any date; an evidence pack verifies without the gateway.',
];
