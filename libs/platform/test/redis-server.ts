// A Redis for tests: the one at REDIS_URL, or a redis-server of the PATH on a free port, which a test may kill.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../../../test/support/ports.js';

export interface TestRedis {
  readonly url: string;
  stop(): Promise<void>;
}

export interface OwnRedis extends TestRedis {
  readonly pid: number;
  /** SIGKILL, and started anew on the same port: what it had is gone. */
  crash(): Promise<void>;
}

export const ownRedisIsThere = (): boolean => spawnSync('redis-server', ['--version']).status === 0;

export const redisIsThere = (): boolean => Boolean(process.env['REDIS_URL']) || ownRedisIsThere();

export async function startRedis(): Promise<TestRedis> {
  const given = process.env['REDIS_URL'];
  return given ? { url: given, stop: async () => undefined } : startOwnRedis();
}

export async function startOwnRedis(): Promise<OwnRedis> {
  const port = await freePort();
  let server = await launch(port);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    get pid() {
      return server.pid!;
    },
    async crash() {
      await end('SIGKILL');
      server = await launch(port);
    },
    stop: () => end('SIGTERM'),
  };
}

async function launch(port: number): Promise<ChildProcess> {
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', flags, { stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const chunk of server.stdout) if (String(chunk).includes('Ready to accept connections')) return server;
  throw new Error('redis-server ended at its start');
}
