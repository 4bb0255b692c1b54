// What a command may touch of the outside: its environment, its output, its clock. Passed in, so that tests can look.
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Writes one line to the standard output. */
  line(text: string): void;
  /** Writes one line to the standard error. */
  complain(text: string): void;
  /** ms since epoch. */
  now(): number;
  /** Resolves when the user asks the command to end. */
  interrupted(): Promise<void>;
}

export const processIo: Io = {
  env: process.env,
  line: (text) => void process.stdout.write(`${text}\n`),
  complain: (text) => void process.stderr.write(`${text}\n`),
  now: Date.now,
  interrupted: () =>
    new Promise((resolve) => {
      process.once('SIGINT', () => resolve());
      process.once('SIGTERM', () => resolve());
    }),
};

/** Something the user can put right: one line, exit code 1, no stack. */
export class Failure extends Error {
  constructor(line: string) {
    super(line);
    this.name = 'Failure';
  }
}
