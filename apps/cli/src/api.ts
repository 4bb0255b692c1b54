// The management API as the command line calls it: one base URL, one bearer token, refusals as one line.
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import axios, { isAxiosError, type AxiosError } from 'axios';
import { loadConfig } from '#libs/platform';
import { Failure, type Io } from './io.js';

export interface Api {
  readonly url: string;
  get(path: string): Promise<unknown>;
  post(path: string, body?: unknown): Promise<unknown>;
  /** Writes an answer into a file, whole or not at all. */
  download(path: string, file: string): Promise<void>;
}

export interface Target {
  /** Where the gateway is; PARLEY_PUBLIC_URL or the listening address when absent. */
  readonly url?: string;
}

/** The gateway's URL: the option, else what the environment says, which is the gateway's own configuration. */
export function gatewayUrl(target: Target, io: Io): string {
  return (target.url ?? loadConfig(io.env).publicUrl).replace(/\/+$/, '');
}

/** Operator's or tenant's bearer token from the environment: never an option, for arguments are seen by others. */
export function bearerOf(io: Io): string {
  const token = io.env['PARLEY_OPERATOR_TOKEN'] ?? io.env['PARLEY_API_KEY'];
  if (!token) {
    throw new Failure(
      'Set PARLEY_OPERATOR_TOKEN (printed at the first start), or PARLEY_API_KEY for the key of one tenant.',
    );
  }
  return token;
}

function refusalOf(
  error: AxiosError<{ title?: string; detail?: string; errors?: readonly { path: string; detail: string }[] }>,
): Failure {
  const { response, config } = error;
  if (!response)
    return new Failure(`No answer from the gateway (${error.code ?? 'network'}). Is it running? --url says where.`);
  const { title, detail, errors = [] } = response.data ?? {}; // a stream has none of them
  const fields = errors.map(({ path, detail: what }) => `${path}: ${what}`);
  const missing = response.status === 404 && config?.url;
  const all = [`${response.status} ${title ?? ''}`.trim(), detail, missing, ...fields];
  return new Failure(all.filter(Boolean).join(' · '));
}

/** A client for the gateway; every refusal is thrown as a {@link Failure}. */
export function apiOf(target: Target, io: Io): Api {
  const url = gatewayUrl(target, io);
  const client = axios.create({ baseURL: url, timeout: 30_000, headers: { authorization: `Bearer ${bearerOf(io)}` } });
  const asked = async (call: Promise<{ data: unknown }>): Promise<unknown> => {
    try {
      return (await call).data;
    } catch (error) {
      throw isAxiosError(error) ? refusalOf(error) : error;
    }
  };
  async function download(path: string, file: string): Promise<void> {
    const answer = (await asked(client.get(path, { responseType: 'stream', timeout: 0 }))) as Readable;
    const draft = `${file}.part`;
    try {
      await pipeline(answer, createWriteStream(draft, { mode: 0o600 }));
      await rename(draft, file);
    } catch {
      throw new Failure('The gateway broke off, or the file cannot be written.');
    } finally {
      await rm(draft, { force: true });
    }
  }
  return {
    url,
    download,
    get: (path) => asked(client.get(path)),
    post: (path, body = {}) => asked(client.post(path, body)),
  };
}

type Item = Readonly<Record<string, unknown>>;

/** All items of a list that is answered page by page as `{items, next}`. */
export async function allItems(api: Api, path: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  let after: string | null = null;
  do {
    const query: string = after === null ? '' : `${path.includes('?') ? '&' : '?'}after=${encodeURIComponent(after)}`;
    const page = (await api.get(path + query)) as { items: readonly Item[]; next?: string | null };
    items.push(...page.items);
    after = page.next ?? null;
  } while (after !== null);
  return items;
}
