// Lets Node run the TypeScript sources: the suites of Jest, and child processes of tests by `node --import <this file> <script>`.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

/** By URL of a module, the file with its source map: for whoever shows where a test failed. */
export const sourceMaps = new Map();
const libs = new URL('../../', import.meta.url);

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('#libs/'))
      return next(new URL(`${specifier.slice('#libs/'.length)}/src/index.ts`, libs).href, context);
    if (/^\.{1,2}\/.*\.js$/.test(specifier) && context.parentURL) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(source)) return next(source.href, context);
    }
    return next(specifier, context);
  },
  load(url, context, next) {
    if (!url.endsWith('.ts')) return next(url, context);
    const file = fileURLToPath(url);
    const { code, map } = transformSync(readFileSync(file, 'utf8'), {
      filename: file,
      sourceMaps: true,
      jsc: {
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
        target: 'es2023',
      },
      module: { type: 'es6' },
    });
    const mapFile = path.join(tmpdir(), `${process.pid}-${sourceMaps.size}.map`);
    writeFileSync(mapFile, map);
    sourceMaps.set(url, mapFile);
    return { format: 'module', source: code, shortCircuit: true };
  },
});
