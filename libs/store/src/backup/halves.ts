// What belongs to which half of a backup, by the data map: keys in one, everything else in the other.
import { DATA_MAP } from '../data-map.js';

export type Half = 'data' | 'keys';

/** One table's part of one half. */
export interface Part {
  readonly table: string;
  readonly columns: readonly string[];
  /** What is read: a key is left out of the data, and a key that is destroyed out of the keys. */
  readonly select: string;
}

/** The first frame of a half. */
export interface Header {
  readonly format: 'parley-backup/1';
  readonly half: Half;
  /** The same in both halves. */
  readonly id: string;
  readonly madeAt: string;
  /** After this it is not restored any more. */
  readonly until: string;
  /** The last migration of the schema. */
  readonly schema: string;
  /** Months of messages that have a table of their own. */
  readonly months: readonly string[];
}

/** Of the schema itself, which migrations make. */
const LEFT_OUT: ReadonlySet<string> = new Set(['migration']);
const ID_COLUMNS = ['tenant_id', 'id', 'subject_id'];

export const quoted = (name: string): string => `"${name}"`;

const columnsOf = (table: string): readonly string[] => Object.keys(DATA_MAP[table]!.columns);
export const keyColumnsOf = (table: string): readonly string[] =>
  columnsOf(table).filter((column) => DATA_MAP[table]!.columns[column]!.protection === 'wrapped');
export const idColumnsOf = (table: string): readonly string[] =>
  columnsOf(table).filter((column) => ID_COLUMNS.includes(column));

/** In the order in which they can be filled. */
export const TABLES: readonly string[] = Object.keys(DATA_MAP).filter((table) => !LEFT_OUT.has(table));

const dataOf = (table: string): Part => {
  const columns = columnsOf(table);
  const keys = keyColumnsOf(table);
  const list = columns.map((column) => (keys.includes(column) ? `''::bytea` : quoted(column))).join(', ');
  return { table, columns, select: `SELECT ${list} FROM parley.${table}` };
};

const keysOf = (table: string): Part => {
  const keys = keyColumnsOf(table);
  const columns = [...idColumnsOf(table), ...keys];
  const there = keys.map((column) => `${quoted(column)} <> ''`).join(' AND ');
  return { table, columns, select: `SELECT ${columns.map(quoted).join(', ')} FROM parley.${table} WHERE ${there}` };
};

export const PARTS: Readonly<Record<Half, readonly Part[]>> = {
  data: TABLES.map(dataOf),
  keys: TABLES.filter((table) => keyColumnsOf(table).length > 0).map(keysOf),
};
