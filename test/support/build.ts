// The product compiled as the suites are, into a folder that they share: a child process runs it with plain Node.
import { copyFile, glob, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';
import { once } from './once.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Build {
  /** The gateway's entry file. */
  readonly entry: string;
  readonly folder: string;
}

async function compile(file: string, folder: string): Promise<void> {
  const { code } = await transform(await readFile(path.join(ROOT, file), 'utf8'), {
    filename: file,
    sourceMaps: false,
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      target: 'es2023',
    },
    module: { type: 'es6' },
  });
  const target = path.join(folder, 'dist', file.replace(/\.ts$/, '.js'));
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, code);
}

async function compileAll(folder: string): Promise<void> {
  await copyFile(path.join(ROOT, 'package.json'), path.join(folder, 'package.json'));
  for (const shared of ['node_modules', 'apps', 'docs'])
    await symlink(path.join(ROOT, shared), path.join(folder, shared));
  const work: Promise<void>[] = [];
  for await (const file of glob('{libs,apps}/*/src/**/*.ts', { cwd: ROOT })) work.push(compile(file, folder));
  await Promise.all(work);
}

export async function build(): Promise<Build> {
  const folder = await once('build', compileAll);
  return { entry: path.join(folder, 'dist/apps/gateway/src/main.js'), folder };
}
