// A gateway as a process of its own, driven from outside: started, called, stopped, killed, started again.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Build } from './build.js';
import { family, isRunning, signalAll } from './processes.js';
import { putDatabase } from '../../libs/store/test/database.js';
import { until } from './until.js';

export interface GatewayOptions {
  readonly build: Build;
  readonly port: number;
  readonly env?: Readonly<Record<string, string>>;
  /** As with an owner who has just installed it: the database is made, too. */
  readonly firstStart?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

export interface CallOptions {
  readonly body?: unknown;
  /** The operator's token unless given. */
  readonly bearer?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Gateway {
  readonly url: string;
  readonly operatorToken: string;
  readonly dataDir: string;
  call(method: 'GET' | 'POST' | 'DELETE', path: string, options?: CallOptions): Promise<Answer>;
  /** Starts it and waits until it is ready; answers the ms that took. */
  start(): Promise<number>;
  /** Asks it to end; answers its exit code. */
  stop(signal?: 'SIGINT' | 'SIGTERM'): Promise<number | null>;
  /** SIGKILL to the gateway, its database and all beneath, in one moment. */
  crash(): Promise<void>;
  /** Ids of the running processes: the gateway's first. */
  pids(): readonly number[];
  /** Everything it printed since the first start. */
  output(): string;
  /** Ends what still runs and removes its data. */
  remove(): Promise<void>;
}

const jsonOf = (text: string): Answer['json'] => {
  try {
    return JSON.parse(text) as Answer['json'];
  } catch {
    return {};
  }
};

/** One exchange, whatever comes of it. */
export async function exchange(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: jsonOf(text) };
}

const ended = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

export function gatewayAt({ build, port, env = {}, firstStart = false }: GatewayOptions): Gateway {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'parley-journey-'));
  const operatorToken = `op-${randomBytes(18).toString('hex')}`;
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  let output = '';

  async function start(): Promise<number> {
    const needsDatabase = !firstStart && !('DATABASE_URL' in env) && !existsSync(path.join(dataDir, 'postgres'));
    if (needsDatabase) await putDatabase(dataDir);
    const began = Date.now();
    // Without --enable-source-maps: there are none but of packages, which take a quarter of a second to look for.
    const own = spawn(process.execPath, [build.entry], {
      cwd: build.folder,
      env: {
        PATH: process.env['PATH'],
        PARLEY_PORT: String(port),
        PARLEY_DATA_DIR: dataDir,
        PARLEY_OPERATOR_TOKEN: operatorToken,
        PARLEY_DEMO: 'off',
        PARLEY_LOG_LEVEL: 'debug',
        PARLEY_LOG_FORMAT: 'json',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = own;
    for (const stream of [own.stdout, own.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await until('the gateway is ready', async () => {
      if (ended(own)) throw new Error(`the gateway ended at its start:\n${output.slice(-2_000)}`);
      return fetch(`${url}/health/ready`).then(
        (answer) => answer.ok,
        () => false,
      );
    });
    return Date.now() - began;
  }

  const gone = (own: ChildProcess): Promise<boolean> => until('the gateway ended', () => ended(own));
  const pids = (): readonly number[] => (child?.pid === undefined || ended(child) ? [] : family(child.pid));

  async function crash(): Promise<void> {
    const all = pids();
    signalAll(all, 'SIGKILL');
    if (child) await gone(child);
    await until('all its processes ended', () => !all.some(isRunning));
  }

  return {
    url,
    operatorToken,
    dataDir,
    start,
    pids,
    crash,
    output: () => output,
    call: (method, where, { body, bearer = operatorToken, headers = {} } = {}) =>
      exchange(url + where, {
        method,
        headers: {
          authorization: `Bearer ${bearer}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    async stop(signal = 'SIGTERM') {
      const own = child;
      if (!own || ended(own)) return own?.exitCode ?? null;
      own.kill(signal);
      await gone(own);
      return own.exitCode;
    },
    async remove() {
      await crash();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Process id of the embedded database; null when none is running. */
export function databasePid(dataDir: string): number | null {
  try {
    const pid = Number(readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
    return isRunning(pid) ? pid : null;
  } catch {
    return null;
  }
}
