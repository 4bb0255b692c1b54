// Jest, with the modules loaded by Node: typescript-hooks.mjs compiles the sources (decorators with metadata) and leads `#libs/*` and `./x.js` to them.
export default {
  testEnvironment: './test/support/run/environment.js',
  testRunner: './test/support/run/runner.js',
  roots: ['<rootDir>/libs', '<rootDir>/apps', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {},
  testTimeout: 60_000,
  globalSetup: './test/support/run/start.js',
  globalTeardown: './test/support/run/end.js',
  // Most suites wait for a server more than they compute: two at a time take little more than one.
  maxWorkers: 2,
};
