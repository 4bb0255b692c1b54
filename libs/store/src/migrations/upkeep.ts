// How often PostgreSQL looks at the tables that change with every message. After each look all connections plan their functions anew,
// and the look takes a core for a moment: at the usual thresholds that is every few seconds while a database is small.

/** Counted, and statistics taken, soon after the first rows; cleaned when it is worth while: a page drops old rows as it is read. */
const soonThen = (factor: number): string =>
  `autovacuum_analyze_threshold = 300, autovacuum_analyze_scale_factor = ${factor}, autovacuum_vacuum_threshold = 10000, autovacuum_vacuum_insert_threshold = 10000`;

/** A message changes once or twice after it came; given to each month by parley.make_partitions, which nothing else does. */
export const MESSAGE_UPKEEP = soonThen(1);

/** Rows that change many times each: how many changes there were says nothing of how many there are. */
const CHANGING = ['conversation', 'observation', 'disclosure'];
/** Rows that stay. */
const GROWING = ['external_id', 'ledger_leaf'];

const upkeep =
  (factor: number) =>
  (table: string): string =>
    `ALTER TABLE parley.${table} SET (${soonThen(factor)});`;

export const UPKEEP = `
${CHANGING.map(upkeep(20)).join('\n')}
${GROWING.map(upkeep(0.5)).join('\n')}
-- Nothing is looked up by it, and documents take long to sort.
ALTER TABLE parley.ledger_leaf ALTER COLUMN leaf SET STATISTICS 0;
`;
