// Reads the environment once, says every mistake in it, and derives what the rest of the code uses.
import { isIPv6 } from 'node:net';
import { Mistake } from './read.js';
import { META_GRAPH, VARIABLES, type LogFormat, type LogLevel, type Role, type VariableName } from './variables.js';

/** Secrets are in here in clear: it is passed to those who need it and never printed. */
export interface Config {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  /** Absolute path. */
  readonly dataDir: string;
  /** null: the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  /** Connections of this process to the database. */
  readonly databasePool: number;
  /** null: the queues are in PostgreSQL. */
  readonly redisUrl: string | null;
  /** 32 bytes; null: made in the data directory, see openDataDir. */
  readonly masterKey: Buffer | null;
  readonly operatorToken: string | null;
  readonly roles: ReadonlySet<Role>;
  /** `META_GRAPH_URL/META_GRAPH_VERSION`, the base named `meta-graph`. */
  readonly metaGraph: string;
  /** Instagram Login's host, the base named `instagram-graph`: wherever Meta's API was set to be, else Meta's own. */
  readonly instagramGraph: string;
  readonly metaAppSecret: string | null;
  readonly metaVerifyToken: string | null;
  /** Name and contact of the operator, as the record of processing states it. */
  readonly processor: string | null;
  /** Countries in which what is kept here is stored; empty: the operator does not say. */
  readonly storedIn: readonly string[];
  readonly witnessUrl: string | null;
  /** Addresses and ranges whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  /** Files of what signs OpenDSR; null: it is not offered. */
  readonly openDsr: { readonly certificate: string; readonly key: string } | null;
  readonly allowPrivateRecipients: boolean;
  readonly demo: boolean;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  readonly workerConcurrency: number;
  /** How long the data half of a backup is kept at most, in days. */
  readonly backupDays: number;
  /** The same of the half with the keys. */
  readonly backupKeyDays: number;
}

/** The start stops: `mistakes` has one line per mistake, each naming its variable, none quoting a value. */
export class ConfigError extends Error {
  constructor(readonly mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.name = 'ConfigError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;
type Values = { readonly [N in VariableName]: Exclude<ReturnType<(typeof VARIABLES)[N]['read']>, Mistake> };
/** Variables without a fallback may have no value. */
type Optional =
  | 'PARLEY_PUBLIC_URL'
  | 'DATABASE_URL'
  | 'REDIS_URL'
  | 'PARLEY_MASTER_KEY'
  | 'PARLEY_OPERATOR_TOKEN'
  | 'META_APP_SECRET'
  | 'META_VERIFY_TOKEN'
  | 'PARLEY_PROCESSOR'
  | 'PARLEY_STORED_IN'
  | 'PARLEY_WITNESS_URL'
  | 'PARLEY_OPENDSR_CERTIFICATE'
  | 'PARLEY_OPENDSR_KEY';
type Read = { readonly [N in VariableName]: N extends Optional ? Values[N] | null : Values[N] };

/** @throws ConfigError */
export function loadConfig(env: Environment): Config {
  const production = env['NODE_ENV'] === 'production';
  const mistakes: string[] = [];
  const read: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(VARIABLES)) {
    const text = env[name]?.trim() || variable.fallback(production);
    const value = text === null ? null : variable.read(text);
    if (value instanceof Mistake) mistakes.push(`${name} ${value.what}.`);
    else read[name] = value;
  }
  if (production && !env['PARLEY_MASTER_KEY']?.trim())
    mistakes.push('PARLEY_MASTER_KEY is required when NODE_ENV=production.');
  if (mistakes.length === 0 && !read['PARLEY_OPENDSR_CERTIFICATE'] !== !read['PARLEY_OPENDSR_KEY'])
    mistakes.push('PARLEY_OPENDSR_CERTIFICATE and PARLEY_OPENDSR_KEY are given together or not at all.');
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return derive(read as Read, production);
}

const INSTAGRAM_GRAPH = 'https://graph.instagram.com';

function derive(read: Read, production: boolean): Config {
  const { PARLEY_OPENDSR_CERTIFICATE: certificate, PARLEY_OPENDSR_KEY: key } = read;
  return {
    production,
    host: read.PARLEY_HOST,
    port: read.PARLEY_PORT,
    publicUrl: read.PARLEY_PUBLIC_URL ?? urlOf(read.PARLEY_HOST, read.PARLEY_PORT),
    trustedProxies: read.PARLEY_TRUSTED_PROXIES ?? [],
    dataDir: read.PARLEY_DATA_DIR,
    databaseUrl: read.DATABASE_URL,
    databasePool: read.PARLEY_DATABASE_POOL,
    redisUrl: read.REDIS_URL,
    masterKey: read.PARLEY_MASTER_KEY,
    operatorToken: read.PARLEY_OPERATOR_TOKEN,
    roles: read.PARLEY_ROLES,
    metaGraph: `${read.META_GRAPH_URL}/${read.META_GRAPH_VERSION}`,
    instagramGraph: `${read.META_GRAPH_URL === META_GRAPH ? INSTAGRAM_GRAPH : read.META_GRAPH_URL}/${read.META_GRAPH_VERSION}`,
    metaAppSecret: read.META_APP_SECRET,
    metaVerifyToken: read.META_VERIFY_TOKEN,
    processor: read.PARLEY_PROCESSOR,
    storedIn: read.PARLEY_STORED_IN ?? [],
    witnessUrl: read.PARLEY_WITNESS_URL,
    openDsr: certificate !== null && key !== null ? { certificate, key } : null,
    allowPrivateRecipients: read.PARLEY_ALLOW_PRIVATE_RECIPIENTS,
    demo: read.PARLEY_DEMO,
    logLevel: read.PARLEY_LOG_LEVEL,
    logFormat: read.PARLEY_LOG_FORMAT,
    workerConcurrency: read.PARLEY_WORKER_CONCURRENCY,
    backupDays: read.PARLEY_BACKUP_DAYS,
    backupKeyDays: read.PARLEY_BACKUP_KEY_DAYS,
  };
}

const ANY_ADDRESS = new Set(['0.0.0.0', '::']);

/** URL under which a server on this host and port is reached from the same machine. */
export function urlOf(host: string, port: number): string {
  if (ANY_ADDRESS.has(host)) return `http://localhost:${port}`;
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}
