// Runs a suite by jest-circus, Jest's own, but lets Node load the modules: the TypeScript sources, once in each worker.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import circus from 'jest-circus/runner';
import { sourceMaps } from '../../../libs/platform/test/typescript-hooks.mjs';

const require = createRequire(import.meta.url);
/** Under it jest-circus leaves in the process what belongs to one suite. */
const LEFT = Symbol.for('EVENT_HANDLERS');

/** Jest's runtime, except for how modules are loaded. */
const nodeAs = (runtime) =>
  Object.assign(Object.create(runtime), {
    requireInternalModule(file) {
      delete globalThis[LEFT];
      delete require.cache[file];
      return require(file);
    },
    unstable_shouldLoadAsEsm: () => true,
    async unstable_importModule(file) {
      try {
        await import(pathToFileURL(file).href);
      } finally {
        for (const [url, map] of sourceMaps) runtime.getSourceMaps().set(url, map);
      }
    },
    requireModule: require,
  });

export default (globalConfig, config, environment, runtime, ...more) =>
  circus.default(globalConfig, config, environment, nodeAs(runtime), ...more);
