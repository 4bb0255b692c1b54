// The processes of a run: each is started with its own Node, answers over IPC or HTTP, and is ended by its id.
import { fork, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
export const root = here('../../');

export const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

export async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** What was started and has not ended: a run that fails leaves nothing behind. */
const running = new Set();
function watched(child) {
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}
process.on('exit', () => running.forEach((child) => child.kill('SIGTERM')));

const exited = (child) =>
  child.exitCode !== null || child.signalCode !== null
    ? undefined
    : new Promise((resolve) => child.once('exit', resolve));

/** Runs one load in a fresh process. */
export async function load(job) {
  const child = watched(fork(here('load.mjs'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
  child.send(job);
  const answer = await new Promise((resolve) => {
    child.once('message', resolve);
    child.once('exit', () => resolve({ error: 'the load generator ended' }));
  });
  child.kill();
  await exited(child);
  if (answer.error) throw new Error(`load: ${answer.error}`);
  const refused = Object.keys(answer.result.refused);
  if (refused.length > 0) throw new Error(`refused during load: ${JSON.stringify(answer.result.refused)}`);
  if (answer.result.ranOut && !job.all)
    throw new Error('the load generator ran out of payloads: the rate would be too low');
  return answer.result;
}

/** The bare server on a database URL. */
export async function bare(database) {
  const secret = randomBytes(16).toString('hex');
  const child = watched(fork(here('bare.mjs'), { env: { ...process.env, DATABASE: database, SECRET: secret } }));
  const { port } = await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', () => reject(new Error('the bare server ended')));
  });
  return {
    target: { url: `http://127.0.0.1:${port}/webhook`, secret, account: '106540352242922' },
    async stop() {
      child.disconnect();
      await exited(child);
    },
  };
}

/** A gateway as `npm start` runs it. `env` adds to its environment. */
export async function gateway({ dataDir, env = {} }) {
  const port = await freePort();
  const token = `op-${randomBytes(18).toString('hex')}`;
  const log = await open(join(dataDir, '..', `${dataDir.split('/').at(-1)}.log`), 'a');
  const child = watched(
    spawn(
      process.execPath,
      [
        ...(process.env.BENCH_NODE_FLAGS ?? '').split(' ').filter(Boolean),
        '--enable-source-maps',
        'dist/apps/gateway/src/main.js',
      ],
      {
        cwd: root,
        env: {
          ...process.env,
          PARLEY_PORT: String(port),
          PARLEY_DATA_DIR: dataDir,
          PARLEY_OPERATOR_TOKEN: token,
          PARLEY_DEMO: 'off',
          PARLEY_LOG_LEVEL: 'warn',
          ...env,
        },
        stdio: ['ignore', log.fd, log.fd],
      },
    ),
  );
  const url = `http://127.0.0.1:${port}`;
  const call = async (method, path, body, bearer = token) => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${bearer}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 200)}`);
    return text ? JSON.parse(text) : undefined;
  };
  for (let tries = 0; ; tries++) {
    if (child.exitCode !== null || tries > 600) throw new Error(`the gateway does not start, see ${log.fd}`);
    const ready = await fetch(`${url}/health/ready`).catch(() => null);
    if (ready?.ok) break;
    await sleep(100);
  }
  return {
    url,
    call,
    /** What is there, byte by byte. */
    async bytes(path) {
      const response = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
      if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
      return Buffer.from(await response.arrayBuffer());
    },
    pid: child.pid,
    /** Resident memory of the process in MB, without the database's. */
    async rssMb() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)[1]) / 1024;
    },
    async stop() {
      child.kill('SIGTERM');
      await Promise.race([exited(child), sleep(20_000).then(() => child.kill('SIGKILL'))]);
      await log.close();
    },
  };
}
