// What a run measures and for how long: the whole, or a quick look.
const args = process.argv.slice(2);
const valueOf = (name) => {
  const at = args.indexOf(`--${name}`);
  return at < 0 ? undefined : args[at + 1];
};
const quick = args.includes('--quick');

export const PARTS = [
  'ingest',
  'ingest-long',
  'end-to-end',
  'decide',
  'detect',
  'idle',
  'scale',
  'ledger',
  'evidence',
  'incident',
  'retention',
  'erasure',
];

export const options = {
  parts: valueOf('only')?.split(',') ?? PARTS,
  rounds: quick ? 1 : 3,
  warmUpSeconds: quick ? 1 : 4,
  ingestSeconds: quick ? 3 : 10,
  endToEndSeconds: quick ? 5 : 30,
  endToEndPerSecond: 200,
  decisions: quick ? 50_000 : 500_000,
  detections: quick ? 5_000 : 50_000,
  idleSeconds: quick ? 5 : 15,
  tenants: quick ? 500 : 10_000,
  messages: quick ? 50_000 : 1_000_000,
  events: quick ? 100_000 : 1_000_000,
  personMessages: quick ? 2_000 : 10_000,
  erasures: quick ? 1 : 5,
  /** So many persons ask in the chat at once, each with so many messages. */
  burst: 25,
  burstMessages: 50,
  leaves: quick ? 100_000 : 1_000_000,
  packedLeaves: quick ? 10_000 : 100_000,
  connections: 48,
  people: 2_000,
};

const unknown = options.parts.filter((part) => !PARTS.includes(part));
if (unknown.length > 0) throw new Error(`--only knows ${PARTS.join(', ')}, not ${unknown.join(', ')}`);
