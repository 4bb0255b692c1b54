// The processes beneath a process, as Linux lists them: what a power failure would take along.
import { readdirSync, readFileSync } from 'node:fs';

interface Listed {
  readonly pid: number;
  readonly parent: number;
  readonly state: string;
}

function listed(): readonly Listed[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // The name in parentheses may hold anything; what follows the last one is a list.
      const [state, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').split(')').at(-1)!.trim().split(' ');
      return [{ pid: Number(name), parent: Number(parent), state: state! }];
    } catch {
      return []; // ended meanwhile
    }
  });
}

/** The process and all beneath it. */
export function family(pid: number): readonly number[] {
  const all = listed();
  const found = [pid];
  for (let at = 0; at < found.length; at++)
    found.push(...all.filter((one) => one.parent === found[at]).map((one) => one.pid));
  return found;
}

export const isRunning = (pid: number): boolean => listed().some((one) => one.pid === pid && one.state !== 'Z');

/** Sends all of them the same signal, each by its id. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids)
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended by itself.
    }
}
