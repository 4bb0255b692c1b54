// The one client that calls out: allow-listed hosts, checked addresses, limits on time and size. Failures are answers.
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Readable } from 'node:stream';
import axios, { type AxiosRequestConfig, type AxiosResponse } from 'axios';
import type { HttpRequest, HttpResponse } from '#libs/kernel';
import { codeOf } from '../logging/failure.js';
import { isPublic, literalOf, lookupOf, systemResolve, type Resolve } from './addresses.js';

export interface EgressOptions {
  /** May any host be on a private or loopback address, and be called without TLS? */
  readonly allowPrivate: boolean;
  /** Configured by the operator, so they may be anywhere. */
  readonly bases: Readonly<Record<NonNullable<HttpRequest['base']>, string>>;
  /** How names are looked up; the system's way unless given. */
  readonly resolve?: Resolve;
  /** Told of each call what came back, as a class of statuses or the reason of a failure, and how long it took. */
  readonly observe?: (outcome: string, seconds: number) => void;
}

export interface Permit {
  /** Hosts that this call may go to; `.example.com` allows every host beneath it. */
  readonly hosts: readonly string[];
  /** In clear, by the name under which a request refers to them. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The address is the platform's own: it may also be of the origin of a base, where a stand-in for the platform has its files. */
  readonly platform?: boolean;
}

export interface Egress {
  /**
   * Network failures, refusals and limits are answers of kind `failed`; redirects are answered, not followed. Rejects
   * only for a request that is a bug: personal data that was not revealed, a `json` that is none.
   */
  send(request: HttpRequest, permit: Permit): Promise<HttpResponse>;
  /** Ends idle connections. */
  close(): void;
}

const AGENT = { keepAlive: true, maxSockets: 1_024, maxFreeSockets: 128, timeout: 30_000, scheduling: 'lifo' } as const;

/** Connections are reused, so what is checked on making one holds for all that use it: each reach has its own. */
function agentsOf(resolve: Resolve, mayCall: (address: string) => boolean) {
  const lookup = lookupOf(resolve, mayCall);
  return { httpAgent: new HttpAgent({ ...AGENT, lookup }), httpsAgent: new HttpsAgent({ ...AGENT, lookup }), mayCall };
}

export function createEgress({ allowPrivate, bases, resolve = systemResolve, observe }: EgressOptions): Egress {
  const anywhere = agentsOf(resolve, () => true);
  const publicOnly = agentsOf(resolve, isPublic);
  const origins = new Set(Object.values(bases).map((base) => new URL(base).origin));

  async function send(request: HttpRequest, permit: Permit): Promise<HttpResponse> {
    const url = URL.parse(request.base ? bases[request.base] + request.url : request.url);
    if (!url) return forbidden;
    const ours = request.base !== undefined || (permit.platform === true && origins.has(url.origin));
    const reach = ours || allowPrivate ? anywhere : publicOnly;
    const secure = url.protocol === 'https:' || (url.protocol === 'http:' && reach === anywhere);
    if (!secure || (!ours && !isListed(url.hostname, permit.hosts))) return forbidden;
    const literal = literalOf(url.hostname);
    if (literal !== null && !reach.mayCall(literal)) return forbidden;
    const { httpAgent, httpsAgent } = reach;
    const call = { ...callOf(request, url, permit), httpAgent, httpsAgent };
    try {
      return answerOf(await axios.request<Buffer | Readable>(call), request);
    } catch (error) {
      return { kind: 'failed', reason: reasonOf(error) };
    }
  }

  async function observed(request: HttpRequest, permit: Permit): Promise<HttpResponse> {
    const began = performance.now();
    const response = await send(request, permit);
    observe?.(outcomeOf(response), (performance.now() - began) / 1_000);
    return response;
  }

  return {
    send: observed,
    close() {
      for (const { httpAgent, httpsAgent } of [anywhere, publicOnly]) {
        httpAgent.destroy();
        httpsAgent.destroy();
      }
    },
  };
}

const outcomeOf = (response: HttpResponse): string =>
  response.kind === 'failed' ? response.reason : `http-${Math.floor(response.status / 100)}xx`;

const forbidden: HttpResponse = { kind: 'failed', reason: 'forbidden-host' };

const isListed = (host: string, hosts: readonly string[]): boolean =>
  hosts.some((listed) => (listed.startsWith('.') ? host.endsWith(listed) : host === listed));

function callOf(request: HttpRequest, url: URL, permit: Permit): AxiosRequestConfig {
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
  const secret = request.bearer && permit.secrets[request.bearer.secret];
  const body =
    request.body ??
    (request.json === undefined ? null : { contentType: 'application/json', text: JSON.stringify(request.json) });
  return {
    method: request.method,
    url: url.href,
    headers: {
      ...(body ? { 'content-type': body.contentType } : {}),
      ...request.headers,
      ...(secret ? { authorization: `Bearer ${secret}` } : {}),
    },
    data: body ? Buffer.from(body.text) : undefined,
    responseType: request.expect === 'none' ? 'stream' : 'arraybuffer',
    // For the whole of it: name, connection, waiting, reading.
    signal: AbortSignal.timeout(request.timeoutMs),
    maxContentLength: request.maxBytes,
    maxRedirects: 0,
    proxy: false,
    validateStatus: () => true,
    transformRequest: [],
    transformResponse: [],
  };
}

/** Nobody asked for it: it is read so that the connection can be used again, as far as that is worth it. */
function pour(body: Readable, maxBytes: number): void {
  let read = 0;
  body.on('error', () => undefined);
  body.on('data', (part: Buffer) => void ((read += part.length) > maxBytes && body.destroy()));
}

/** Bytes only when asked for and given; else the JSON, if it is some. Where nothing is expected the status is the answer. */
function answerOf(response: AxiosResponse<Buffer | Readable>, { expect, maxBytes }: HttpRequest): HttpResponse {
  const { status } = response;
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  const answered = { kind: 'answered', status, headers } as const;
  const { data } = response;
  if (data instanceof Readable) pour(data, maxBytes);
  if (data instanceof Readable || data.length === 0) return answered;
  if (expect === 'bytes' && status >= 200 && status < 300) return { ...answered, bytes: Buffer.from(data) };
  try {
    return { ...answered, json: JSON.parse(data.toString()) as unknown };
  } catch {
    return answered;
  }
}

type Reason = Extract<HttpResponse, { kind: 'failed' }>['reason'];

const REASONS: Readonly<Record<string, Reason>> = {
  ERR_CANCELED: 'timeout',
  ETIMEDOUT: 'timeout',
  ECONNABORTED: 'timeout',
  EFORBIDDENADDRESS: 'forbidden-host',
  ECONNREFUSED: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
};

/** No route, or none any more: the same code may come later, on a connection that was made. */
const failedToConnect = ({ cause = null }: { readonly cause?: unknown }): boolean =>
  cause instanceof Error && 'syscall' in cause && cause.syscall === 'connect';

function reasonOf(error: unknown): Reason {
  // The same code is given for an answer that breaks off; only the text tells them apart.
  if (error instanceof Error && error.message.startsWith('maxContentLength')) return 'too-large';
  const known = REASONS[codeOf(error) ?? ''];
  return known ?? (error instanceof Error && failedToConnect(error) ? 'unreachable' : 'network');
}
