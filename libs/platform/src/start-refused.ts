// Why the gateway does not start, in one line for the operator.

/** The message is complete: print it and leave, without a stack. */
export class StartRefused extends Error {
  constructor(line: string) {
    super(line);
    this.name = 'StartRefused';
  }
}
