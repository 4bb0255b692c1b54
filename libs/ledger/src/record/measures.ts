// Security of processing (Art. 32(1) GDPR) as far as the software provides it; what people and premises do is the operator's.

export const MEASURES: readonly string[] = [
  'Instructions are evaluated in memory before anything is written; what is not instructed is not stored, queued, logged or forwarded.',
  "What people write, and how they can be reached, is encrypted before it reaches the database (AES-256-GCM), under a random key per person that is wrapped by the tenant's key, and that by the gateway's master key.",
  'Identifiers are looked up by keyed hashes; recipients know people and conversations by pseudonyms that differ from recipient to recipient.',
  'Tenants are separated by row-level security that the database enforces; the application owns no table.',
  'Webhooks are taken only with a valid signature over their bytes.',
  'Calls go out to listed hosts only, with limits of time and size; secrets are stored encrypted and cannot be read back.',
  'Jobs carry random ids only; log lines carry event codes and fields of a closed list.',
  'Reading conversations takes a stated purpose of the instructions, and each read is recorded.',
  'What was done is recorded in a tamper-evident ledger with signed checkpoints, which anybody can verify without the gateway.',
  "Erasure destroys the person's key, so that copies in backups and write-ahead logs cannot be read.",
  'What was acknowledged is committed; messages are processed in order and once, also after a crash.',
];
