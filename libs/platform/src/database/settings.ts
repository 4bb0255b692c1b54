// How the embedded PostgreSQL is set up: durable, quiet about data, small enough for one machine. Decision 0002.

/** Given on the command line at every start, so that an old data directory has no settings of its own. */
const SETTINGS: Readonly<Record<string, string>> = {
  // Reached from this machine only.
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '120',
  // Acknowledged means kept.
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  // No replication from here: less is written ahead, and fewer copies of data are made.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '1GB',
  wal_compression: 'off',
  // What was written ahead goes with the checkpoint that makes it needless, instead of becoming a later segment with its bytes.
  wal_recycle: 'off',
  // Short queries by key, on a disk without seek times.
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  random_page_cost: '1.1',
  jit: 'off',
  // Of a table that was empty a minute ago the planner believes that any index will do, and reads all of a tenant.
  autovacuum_naptime: '5s',
  max_parallel_workers_per_gather: '0',
  max_logical_replication_workers: '0',
  io_method: 'sync',
  timezone: 'UTC',
  // A message, detail or statement may quote data: errors go to the client alone, which logs their code.
  log_timezone: 'UTC',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_lock_waits: 'off',
  log_checkpoints: 'off',
  log_autovacuum_min_duration: '-1',
  log_connections: '',
  log_line_prefix: '%m ',
};

export const settingFlags = (port: number): readonly string[] =>
  Object.entries({ ...SETTINGS, port: String(port) }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** The same text order and encoding on every system; only the client is told of errors in words. */
export const INITDB_FLAGS: readonly string[] = [
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--auth=scram-sha-256',
  '--no-instructions',
];

export const SUPERUSER = 'parley';
export const DATABASE = 'parley';
/** Exists in every cluster; the lock of the owning gateway is held in it. */
export const MAINTENANCE_DATABASE = 'postgres';
