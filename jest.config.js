// Jest, with the modules loaded by Node: typescript-hooks.mjs compiles the sources (decorators with metadata) and leads `#libs/*` and `./x.js` to them.
export default {
  testEnvironment: './test/support/run/environment.js',
  testRunner: './test/support/run/runner.js',
  testSequencer: './test/support/run/sequencer.js',
  roots: ['<rootDir>/libs', '<rootDir>/apps', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {},
  // Nobody waits for so long where all is well, on however slow a machine.
  testTimeout: 600_000,
  globalSetup: './test/support/run/start.js',
  globalTeardown: './test/support/run/end.js',
  // The long suites wait for a server more than they compute: on two cores three at a time do not get in each other's way.
  maxWorkers: 3,
};
