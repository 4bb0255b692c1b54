// Jest as ES modules: swc compiles (decorators with metadata), `#libs/*` and `./x.js` map to the TypeScript sources.
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/libs', '<rootDir>/apps', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^#libs/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2023',
        },
        module: { type: 'es6' },
      },
    ],
  },
  testTimeout: 60_000,
  globalSetup: './test/support/run/start.js',
  globalTeardown: './test/support/run/end.js',
  // Most suites wait for a server more than they compute: two at a time take little more than one.
  maxWorkers: 2,
};
