// Every environment variable that Parley reads, as data: default, meaning, secrecy and how its text becomes a value.
import * as read from './read.js';

export interface Variable<T> {
  /** Text that stands in when the variable is unset or empty; null: no value. */
  readonly fallback: (production: boolean) => string | null;
  readonly secret: boolean;
  readonly about: string;
  /** Answers the value, or {@link read.Mistake} with what is wrong: never with the text itself. */
  readonly read: (text: string) => T | read.Mistake;
}

const always = (text: string | null) => (): string | null => text;
const unlessProduction = (production: boolean): string => (production ? 'off' : 'on');

const variable = <T>(fallback: Variable<T>['fallback'], about: string, reader: Variable<T>['read']): Variable<T> => ({
  fallback,
  about,
  read: reader,
  secret: false,
});

const secret = <T>(fallback: Variable<T>['fallback'], about: string, reader: Variable<T>['read']): Variable<T> => ({
  ...variable(fallback, about, reader),
  secret: true,
});

export const ROLES = ['ingress', 'worker', 'api'] as const;
/** What a process does: take webhooks in, process conversations, serve the management API. */
export type Role = (typeof ROLES)[number];

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const LOG_FORMATS = ['auto', 'json', 'text'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

export const META_GRAPH = 'https://graph.facebook.com';

export const VARIABLES = {
  PARLEY_PORT: variable(always('3000'), 'Port to listen on; 0 takes a free one.', read.integer(0, 65_535)),
  PARLEY_HOST: variable(always('127.0.0.1'), 'Address to listen on.', read.host),
  PARLEY_PUBLIC_URL: variable(
    always(null),
    'How the outside reaches the gateway; http://host:port unless given.',
    read.url(['http:', 'https:']),
  ),
  PARLEY_TRUSTED_PROXIES: variable(
    always(null),
    'Reverse proxies, as addresses or ranges: what they say in `X-Forwarded-For` is who calls.',
    read.addresses,
  ),
  PARLEY_DATA_DIR: variable(always('./.parley'), 'Embedded database, keys and files.', read.path),
  DATABASE_URL: secret(
    always(null),
    'PostgreSQL 15 or newer; embedded unless given.',
    read.url(['postgres:', 'postgresql:']),
  ),
  REDIS_URL: secret(
    always(null),
    'Redis or Valkey for the queues; in PostgreSQL unless given.',
    read.url(['redis:', 'rediss:']),
  ),
  PARLEY_MASTER_KEY: secret(
    always(null),
    "32 bytes in base64 that wrap tenants' keys; made in the data directory, except in production.",
    read.key,
  ),
  PARLEY_OPERATOR_TOKEN: secret(
    always(null),
    'Bearer token of the operator, 16 characters or more; made at first start and printed once.',
    read.token,
  ),
  PARLEY_ROLES: variable(always(ROLES.join(',')), 'What this process does.', read.listOf(ROLES)),
  META_GRAPH_URL: variable(
    always(META_GRAPH),
    "Where Meta's API is called. Instagram Login's is called there, too, unless it is the default: then at `https://graph.instagram.com`.",
    read.url(['http:', 'https:']),
  ),
  META_GRAPH_VERSION: variable(always('v26.0'), "Version of Meta's API.", read.graphVersion),
  META_APP_SECRET: secret(
    always(null),
    "Signature of an app shared by many tenants; the connection's own unless given.",
    read.token,
  ),
  META_VERIFY_TOKEN: secret(
    always(null),
    'What Meta is told when it subscribes an app shared by many tenants; without it that app cannot subscribe.',
    read.token,
  ),
  PARLEY_PROCESSOR: variable(
    always(null),
    'Name and contact of who operates this gateway, for the record of processing (Art. 30(2) GDPR).',
    read.line,
  ),
  PARLEY_STORED_IN: variable(
    always(null),
    'Countries in which what this gateway keeps is stored, as two letters with commas between; consent receipts name them.',
    read.countries,
  ),
  PARLEY_WITNESS_URL: variable(
    always(null),
    "Where the signed checkpoints of tenants' ledgers are posted once a day, as text.",
    read.url(['http:', 'https:']),
  ),
  PARLEY_OPENDSR_CERTIFICATE: variable(
    always(null),
    'File with the X.509 certificate (PEM, by an authority) that signs what OpenDSR answers; without it OpenDSR is not offered.',
    read.path,
  ),
  PARLEY_OPENDSR_KEY: variable(always(null), 'File with the private key of that certificate.', read.path),
  PARLEY_ALLOW_PRIVATE_RECIPIENTS: variable(
    unlessProduction,
    'May recipients be on private or loopback addresses?',
    read.onOff,
  ),
  PARLEY_DEMO: variable(unlessProduction, 'Make the demo tenant at first start?', read.onOff),
  PARLEY_LOG_LEVEL: variable(always('info'), 'Least level that is logged.', read.oneOf(LOG_LEVELS)),
  PARLEY_LOG_FORMAT: variable(always('auto'), 'json, text, or auto: text on a terminal.', read.oneOf(LOG_FORMATS)),
  PARLEY_WORKER_CONCURRENCY: variable(
    always('50'),
    'Conversations that one worker process handles at once.',
    read.integer(1, 1_000),
  ),
  PARLEY_DATABASE_POOL: variable(
    always('8'),
    'Database connections of one process, beside those of the queues.',
    read.integer(2, 500),
  ),
  PARLEY_BACKUP_DAYS: variable(
    always('30'),
    'Days after which you have destroyed a backup of the data; certificates name it, and restoring refuses what is older.',
    read.integer(1, 3_650),
  ),
  PARLEY_BACKUP_KEY_DAYS: variable(
    always('7'),
    'The same of whatever holds keys: the key half of `parley backup`, or a dump of the whole database.',
    read.integer(1, 3_650),
  ),
} as const satisfies Record<string, Variable<unknown>>;

export type VariableName = keyof typeof VARIABLES;
