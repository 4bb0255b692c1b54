// Jest's environment of a suite: the process itself. In a context of its own, as Jest has it, each of 200 suites would compile all that it imports anew, and run it slower.

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
