// Jest's global set-up. A run of the tests gets one folder for all that it writes: in memory where there is room, so that no test waits for a disk.
import { chmodSync, mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import path from 'node:path';

const MEMORY = '/dev/shm';
/** Of a run: a few databases at once, their write-ahead logs, a browser's profile. */
const NEEDED_BYTES = 4e9;
const NAME = 'parley-tests-';

function room() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return Math.min(bavail * bsize, freemem());
  } catch {
    return 0; // no such folder on this system
  }
}

/** Another user's process runs, too. */
function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}

/** What a run of ours left that was killed. */
function removeLeftOvers(parent) {
  for (const name of readdirSync(parent).filter((one) => one.startsWith(NAME))) {
    const folder = path.join(parent, name);
    const ours = statSync(folder, { throwIfNoEntry: false })?.uid === process.getuid();
    if (ours && !isRunning(Number(name.slice(NAME.length).split('-')[0])))
      rmSync(folder, { recursive: true, force: true });
  }
}

export default function start() {
  const parent = room() >= NEEDED_BYTES ? MEMORY : tmpdir();
  removeLeftOvers(parent);
  // The workers of Jest, and whatever they start, inherit it.
  process.env.TMPDIR = mkdtempSync(path.join(parent, `${NAME}${process.pid}-`));
  // As any folder for temporary files: some of what is started runs under another account.
  chmodSync(process.env.TMPDIR, 0o1777);
}
