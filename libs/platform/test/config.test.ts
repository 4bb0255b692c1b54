// Configuration: defaults, every mistake in one line that names its variable, and no value ever quoted.
import { resolve } from 'node:path';
import { ConfigError, loadConfig, VARIABLES } from '#libs/platform';

const KEY = Buffer.alloc(32, 7).toString('base64');

function mistakesOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
}

it('needs nothing', () => {
  const config = loadConfig({});
  expect(config).toMatchObject({
    production: false,
    host: '127.0.0.1',
    port: 3000,
    publicUrl: 'http://127.0.0.1:3000',
    dataDir: resolve('.parley'),
    databaseUrl: null,
    redisUrl: null,
    masterKey: null,
    operatorToken: null,
    metaGraph: 'https://graph.facebook.com/v26.0',
    instagramGraph: 'https://graph.instagram.com/v26.0',
    metaAppSecret: null,
    metaVerifyToken: null,
    processor: null,
    witnessUrl: null,
    allowPrivateRecipients: true,
    demo: true,
  });
  expect([...config.roles]).toEqual(['ingress', 'worker', 'api']);
});

it('takes every variable', () => {
  const given: Record<string, string> = {
    PARLEY_PORT: '8080',
    PARLEY_HOST: '0.0.0.0',
    PARLEY_PUBLIC_URL: 'https://parley.example/',
    PARLEY_TRUSTED_PROXIES: '10.0.0.0/8, ::1',
    PARLEY_DATA_DIR: '/var/lib/parley',
    DATABASE_URL: 'postgres://u:p@db.example/parley',
    REDIS_URL: 'redis://cache.example:6379',
    PARLEY_MASTER_KEY: KEY,
    PARLEY_OPERATOR_TOKEN: 'op-0123456789abcdef',
    PARLEY_ROLES: 'ingress, api',
    META_GRAPH_URL: 'http://127.0.0.1:4000/',
    META_GRAPH_VERSION: 'v27.0',
    META_APP_SECRET: 'app-secret-0123456789',
    META_VERIFY_TOKEN: 'verify-token-0123456789',
    PARLEY_PROCESSOR: 'Example GmbH, privacy@example.com',
    PARLEY_STORED_IN: 'DE, at',
    PARLEY_WITNESS_URL: 'https://witness.example/add',
    PARLEY_OPENDSR_CERTIFICATE: '/etc/parley/opendsr.pem',
    PARLEY_OPENDSR_KEY: '/etc/parley/opendsr.key',
    PARLEY_ALLOW_PRIVATE_RECIPIENTS: 'off',
    PARLEY_DEMO: 'false',
    PARLEY_LOG_LEVEL: 'warn',
    PARLEY_LOG_FORMAT: 'json',
    PARLEY_WORKER_CONCURRENCY: '7',
    PARLEY_DATABASE_POOL: '9',
    PARLEY_BACKUP_DAYS: '20',
    PARLEY_BACKUP_KEY_DAYS: '5',
  };
  expect(Object.keys(given)).toEqual(Object.keys(VARIABLES));
  const config = loadConfig(given);
  expect(config).toMatchObject({
    host: '0.0.0.0',
    port: 8080,
    publicUrl: 'https://parley.example',
    trustedProxies: ['10.0.0.0/8', '::1'],
    dataDir: resolve('/var/lib/parley'),
    databaseUrl: 'postgres://u:p@db.example/parley',
    redisUrl: 'redis://cache.example:6379',
    operatorToken: 'op-0123456789abcdef',
    metaGraph: 'http://127.0.0.1:4000/v27.0',
    instagramGraph: 'http://127.0.0.1:4000/v27.0',
    metaAppSecret: 'app-secret-0123456789',
    metaVerifyToken: 'verify-token-0123456789',
    processor: 'Example GmbH, privacy@example.com',
    witnessUrl: 'https://witness.example/add',
    openDsr: { certificate: resolve('/etc/parley/opendsr.pem'), key: resolve('/etc/parley/opendsr.key') },
    allowPrivateRecipients: false,
    demo: false,
    logLevel: 'warn',
    logFormat: 'json',
    workerConcurrency: 7,
    databasePool: 9,
    backupDays: 20,
    backupKeyDays: 5,
  });
  expect(config.masterKey?.toString('base64')).toBe(KEY);
  expect([...config.roles]).toEqual(['ingress', 'api']);
});

it('takes an empty variable as one that is not there', () => {
  expect(loadConfig({ PARLEY_PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 3000, databaseUrl: null });
});

const WRONG: readonly (readonly [string, string])[] = [
  ['PARLEY_PORT', '65536'], ['PARLEY_PORT', '-1'], ['PARLEY_PORT', '80a'], ['PARLEY_PORT', '1e3'],
  ['PARLEY_HOST', 'wrong host'], ['PARLEY_HOST', 'http://wrong.example'], ['PARLEY_PUBLIC_URL', 'parley.example'], ['PARLEY_PUBLIC_URL', 'ftp://wrong.example'],
  ['PARLEY_TRUSTED_PROXIES', 'wrong.example'], ['PARLEY_TRUSTED_PROXIES', '10.0.0.0/wrong'], ['PARLEY_DATA_DIR', '/wrong\0dir'], ['DATABASE_URL', 'mysql://wrong.example/db'], ['REDIS_URL', 'http://wrong.example'],
  ['PARLEY_MASTER_KEY', 'wrong'], ['PARLEY_MASTER_KEY', Buffer.alloc(31).toString('base64')], ['PARLEY_MASTER_KEY', 'ab'.repeat(32)],
  ['PARLEY_OPERATOR_TOKEN', 'short'], ['PARLEY_OPERATOR_TOKEN', 'with spaces in it, wrong'], ['PARLEY_ROLES', 'ingress,wrong'], ['PARLEY_ROLES', ','],
  ['META_GRAPH_URL', 'wrong'], ['META_GRAPH_VERSION', '26'], ['META_APP_SECRET', 'wrong'], ['META_VERIFY_TOKEN', 'wrong'],
  ['PARLEY_PROCESSOR', 'wrong\nline'], ['PARLEY_STORED_IN', 'DE,wrong'], ['PARLEY_WITNESS_URL', 'wrong'], ['PARLEY_OPENDSR_CERTIFICATE', 'wrong\0file'], ['PARLEY_OPENDSR_KEY', 'wrong\0file'], ['PARLEY_ALLOW_PRIVATE_RECIPIENTS', 'wrong'], ['PARLEY_DEMO', 'wrong'], ['PARLEY_LOG_LEVEL', 'wrong'], ['PARLEY_LOG_FORMAT', 'wrong'],
  ['PARLEY_WORKER_CONCURRENCY', '0'], ['PARLEY_DATABASE_POOL', '1.5'], ['PARLEY_BACKUP_DAYS', '0'], ['PARLEY_BACKUP_KEY_DAYS', 'wrong'],
]; // prettier-ignore

it.each(WRONG)('says in one line what is wrong with %s, without its value %j', (name, value) => {
  const [mistake, ...more] = mistakesOf({ [name]: value });
  expect(more).toEqual([]);
  expect(mistake).toMatch(new RegExp(`^${name} must .+\\.$`));
  expect(mistake).not.toContain('\n');
  if (value.length > 3) expect(mistake).not.toContain(value);
});

it('has a wrong value for every variable above', () => {
  expect([...new Set(WRONG.map(([name]) => name))]).toEqual(Object.keys(VARIABLES));
});

it('takes a certificate for OpenDSR with its key only', () => {
  expect(mistakesOf({ PARLEY_OPENDSR_KEY: '/key.pem' })).toEqual([expect.stringMatching(/together or not at all/)]);
});

it('says all mistakes at once', () => {
  expect(mistakesOf({ PARLEY_PORT: 'x', PARLEY_DEMO: 'x', REDIS_URL: 'x' }).map((line) => line.split(' ')[0])).toEqual([
    'PARLEY_PORT',
    'REDIS_URL',
    'PARLEY_DEMO',
  ]);
});

describe('in production', () => {
  it('does not start without a master key', () => {
    expect(mistakesOf({ NODE_ENV: 'production' })).toEqual(['PARLEY_MASTER_KEY is required when NODE_ENV=production.']);
  });

  it('opens nothing by default', () => {
    expect(loadConfig({ NODE_ENV: 'production', PARLEY_MASTER_KEY: KEY })).toMatchObject({
      allowPrivateRecipients: false,
      demo: false,
    });
  });
});

it.each([
  ['0.0.0.0', 'http://localhost:3000'],
  ['::', 'http://localhost:3000'],
  ['::1', 'http://[::1]:3000'],
  ['parley.example', 'http://parley.example:3000'],
])('listening on %s it is at %s', (host, url) => expect(loadConfig({ PARLEY_HOST: host }).publicUrl).toBe(url));
