// Jest's environment of a suite: the process itself. In a context of its own, as Jest has it, each of 200 suites would compile all that it imports anew, and run it slower.
import fc from 'fast-check';

/** Properties try the same values in every run, so that a change is refused for what it does and not by chance; with `FUZZ=1` others each time. */
const SEED = 1_974;
if (process.env.FUZZ === undefined) fc.configureGlobal({ seed: SEED });

const NOTHING_TO_MOCK = { clearAllMocks() {}, resetAllMocks() {}, restoreAllMocks() {} };

export default class TheProcess {
  global = globalThis;
  moduleMocker = NOTHING_TO_MOCK;
  #before = { console: globalThis.console, exit: process.exit };

  async setup() {}

  /** What Jest puts into it for one suite goes; the modules stay. */
  async teardown() {
    globalThis.console = this.#before.console;
    process.exit = this.#before.exit;
  }

  getVmContext() {
    return null;
  }
}
