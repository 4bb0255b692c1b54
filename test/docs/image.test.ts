// The image has the files that the programs in it read: .dockerignore lets them into the build, the Dockerfile copies them.
import { globSync, readFileSync } from 'node:fs';
import { matchesGlob } from 'node:path';

const rules = readFileSync('.dockerignore', 'utf8').split('\n').filter(Boolean);
const image = readFileSync('docker/Dockerfile', 'utf8');

/** Docker takes the last rule that fits a file or a folder above it. */
function isLeftOut(file: string): boolean {
  const fits = (pattern: string): boolean => matchesGlob(file, pattern) || matchesGlob(file, `${pattern}/**`);
  const last = rules.findLast((rule) => fits(rule.replace(/^!/, '')));
  return last !== undefined && !last.startsWith('!');
}

it.each([
  ['what parley simulate posts', 'test/cases', 'test/cases/*/*.payload.json'],
  ['what evidence packs bring along', 'docs/tools', 'docs/tools/verify-ledger.mjs'],
  ['pages of the gateway', 'apps/gateway/assets', 'apps/gateway/assets/**/*.js'],
])('%s', (_what, folder, files) => {
  const found = globSync(files);
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter(isLeftOut)).toEqual([]);
  expect(image).toContain(`COPY --from=build /parley/${folder} ./${folder}\n`);
});

it('but no test', () => {
  expect(globSync('test/**/*.test.ts').filter((file) => !isLeftOut(file))).toEqual([]);
});
