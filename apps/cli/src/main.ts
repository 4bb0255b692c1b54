// The operator's command line: reads the arguments, runs one command, answers the exit code.
import { CommanderError } from 'commander';
import { ConfigError, StartRefused } from '#libs/platform';
import { Failure, processIo, type Io } from './io.js';
import { programOf } from './program.js';

/** 0 done, 1 refused or found wanting, 2 not understood. */
export async function main(args: readonly string[], io: Io = processIo): Promise<number> {
  const program = programOf(io);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof Failure || error instanceof ConfigError || error instanceof StartRefused) {
      io.complain(`parley: ${error.message}`);
      return 1;
    }
    throw error;
  }
}
