#!/usr/bin/env node
// Starts the command line of the built project, under the Node that npm brought when this one is too old.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 22;
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const entry = join(root, 'dist', 'apps', 'cli', 'src', 'main.js');
const ownNode = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const tooOld = Number(process.versions.node.split('.')[0]) < OLDEST_NODE;

/** The command line in a process of its own: signals go to it, its end becomes ours. */
function underOwnNode() {
  const child = spawn(ownNode, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (status) => process.exit(status ?? 1));
}

function refuse(line) {
  process.stderr.write(`parley: ${line}\n`);
  process.exit(1);
}

if (!existsSync(entry)) refuse(`not built yet. Run "npm ci && npm run build" in ${root}.`);
if (tooOld && !existsSync(ownNode)) {
  refuse(`needs Node ${OLDEST_NODE} or newer, or "npm ci" in ${root}, which brings it.`);
}
if (tooOld) underOwnNode();
else {
  const { main } = await import(entry);
  process.exitCode = await main(process.argv.slice(2));
}
