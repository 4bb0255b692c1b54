// The data directory and the two secrets that are made in it at first start.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError, type Config } from './config/config.js';
import { key as readKey, KEY_BYTES } from './config/read.js';
import { codeOf } from './logging/failure.js';

export interface DataDir {
  readonly path: string;
  /** 32 bytes that wrap tenants' keys. */
  readonly masterKey: Buffer;
  /** SHA-256, hex, of the operator's token: all that is kept of it. */
  readonly operatorTokenHash: string;
  /** Was the operator's token made just now? Then `operatorToken` is to be printed, for it cannot be read again. */
  readonly created: boolean;
  readonly operatorToken: string | null;
}

const MASTER_KEY_FILE = 'master.key';
const OPERATOR_FILE = 'operator-token.sha256';

/**
 * Makes the directory if need be (0700; 0711 for root, whose database runs under another account and must pass
 * through) and answers its secrets; those given in the environment are used and not stored.
 * @throws ConfigError when a master key in the environment is not the one that the directory's data is under.
 */
export async function openDataDir(config: Config): Promise<DataDir> {
  await mkdir(config.dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const masterKey = await loadMasterKey(config);
  return { path: config.dataDir, masterKey, ...(await loadOperator(config)) };
}

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Is this the token that the hash was made of? Constant time. */
export function tokenFits(token: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashToken(token)), Buffer.from(hash.padEnd(64).slice(0, 64)));
}

async function loadMasterKey(config: Config): Promise<Buffer> {
  const file = join(config.dataDir, MASTER_KEY_FILE);
  const kept = await readIfThere(file);
  if (config.masterKey) {
    if (kept !== null && kept !== config.masterKey.toString('base64'))
      throw new ConfigError([`PARLEY_MASTER_KEY is not the key in ${file}, which wraps what is stored here.`]);
    return config.masterKey;
  }
  const text = kept ?? (await writeOnce(file, randomBytes(KEY_BYTES).toString('base64')));
  const key = readKey(text);
  if (!Buffer.isBuffer(key)) throw new ConfigError([`${file} is damaged: it ${key.what}.`]);
  return key;
}

async function loadOperator(config: Config): Promise<Omit<DataDir, 'path' | 'masterKey'>> {
  if (config.operatorToken)
    return { operatorTokenHash: hashToken(config.operatorToken), created: false, operatorToken: null };
  const file = join(config.dataDir, OPERATOR_FILE);
  const kept = await readIfThere(file);
  if (kept !== null) return { operatorTokenHash: kept, created: false, operatorToken: null };
  const made = `op_${randomBytes(24).toString('base64url')}`;
  const hash = await writeOnce(file, hashToken(made));
  const created = hash === hashToken(made);
  return { operatorTokenHash: hash, created, operatorToken: created ? made : null };
}

/** @returns null when there is no such file. */
export async function readIfThere(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Writes a file of mode 0600 whole or not at all, and only if there is none: of two processes at once one wins.
 * @returns what the file has afterwards.
 */
export async function writeOnce(file: string, text: string): Promise<string> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${text}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
    return text;
  } catch (error) {
    const kept = await readIfThere(file);
    if (kept === null) throw error;
    return kept;
  } finally {
    await rm(draft, { force: true });
  }
}
