// The data directory: secrets made once, kept closed, and never mixed up.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, openDataDir, tokenFits, type DataDir } from '#libs/platform';

const KEY = Buffer.alloc(32, 7).toString('base64');
let parent: string;
let dataDir: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'parley-dir-'));
  dataDir = join(parent, 'data');
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const open = (env: Record<string, string> = {}): Promise<DataDir> =>
  openDataDir(loadConfig({ PARLEY_DATA_DIR: dataDir, ...env }));

it('makes key and token at first start, and finds them at the next', async () => {
  const first = await open();
  const second = await open();
  expect(first.masterKey.length).toBe(32);
  expect(second.masterKey).toEqual(first.masterKey);
  expect(first.created).toBe(true);
  expect(tokenFits(first.operatorToken ?? '', first.operatorTokenHash)).toBe(true);
  expect(second).toMatchObject({ created: false, operatorToken: null, operatorTokenHash: first.operatorTokenHash });
});

it('keeps them from others, and the token even from itself', async () => {
  const { operatorToken } = await open();
  expect((await stat(dataDir)).mode & 0o066).toBe(0);
  const names = await readdir(dataDir);
  expect(names.sort()).toEqual(['master.key', 'operator-token.sha256']);
  for (const name of names) {
    expect((await stat(join(dataDir, name))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(dataDir, name), 'utf8')).not.toContain(operatorToken);
  }
});

it('makes them once, although several start at once', async () => {
  const opened = await Promise.all(Array.from({ length: 8 }, () => open()));
  expect(new Set(opened.map(({ masterKey }) => masterKey.toString('hex'))).size).toBe(1);
  expect(new Set(opened.map(({ operatorTokenHash }) => operatorTokenHash)).size).toBe(1);
  expect(opened.filter(({ created }) => created).length).toBe(1);
});

it('does not store what the environment gives', async () => {
  const given = await open({ PARLEY_MASTER_KEY: KEY, PARLEY_OPERATOR_TOKEN: 'op-0123456789abcdef' });
  expect(given.masterKey.toString('base64')).toBe(KEY);
  expect(given).toMatchObject({ created: false, operatorToken: null });
  expect(tokenFits('op-0123456789abcdef', given.operatorTokenHash)).toBe(true);
  expect(tokenFits('op-0123456789abcdeF', given.operatorTokenHash)).toBe(false);
  expect(tokenFits('', given.operatorTokenHash)).toBe(false);
  expect(await readdir(dataDir)).toEqual([]);
});

it('refuses another master key than the one that the data is under', async () => {
  await open();
  await expect(open({ PARLEY_MASTER_KEY: KEY })).rejects.toThrow(/^PARLEY_MASTER_KEY is not the key in [^\n]+$/);
});

it('refuses a damaged key', async () => {
  await open();
  await writeFile(join(dataDir, 'master.key'), 'abc\n');
  await expect(open()).rejects.toThrow(/master\.key is damaged/);
});
