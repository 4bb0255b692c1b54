// The management API on a real PostgreSQL and a real Nest application, without a network.
import 'reflect-metadata';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { CHANNELS, type ChannelAdapter } from '#libs/channels';
import type { HttpRequest, HttpResponse, OutboundContent } from '#libs/kernel';
import { createLedger, createStandingOf, fileAnchors, type Ledger } from '#libs/ledger';
import {
  correctBody,
  createSay,
  createWords,
  openAttachment,
  openForPerson,
  openTenants,
  withoutIdentifier,
} from '#libs/pipeline';
import { createIsolate, createLogger, createMetrics, type Egress } from '#libs/platform';
import {
  createEvidence,
  createExport,
  createExportFiles,
  createJournal,
  createOffboarding,
  createRecovery,
  createReceipts,
  createRights,
  journalFile,
  type Evidence,
  type ExportFiles,
  type Rights,
} from '#libs/rights';
import { openStore, prepareDatabase, type Store } from '#libs/store';
import { startTestDatabase } from '../../../libs/store/test/database.js';
import { ApiModule, mountApi } from '../src/api/api.module.js';
import type { ApiDeps } from '../src/api/deps.js';
import { refuseFrameworkError } from '../src/api/refusals.js';
import { exportUrl } from '../src/exports.js';
import { readVerifier } from '../src/verifier.js';

export const OPERATOR = 'operator-token-of-the-tests';

const messenger = CHANNELS.find(({ accountSetting }) => accountSetting === 'pageId')!;
/** A channel whose clients fetch for themselves, so that the test needs none in particular. */
const pull: ChannelAdapter = {
  ...messenger,
  manifest: { ...messenger.manifest, channel: 'test-pull' },
  delivery: 'pull',
  accountSetting: null,
  check: null,
  settings: [
    { key: 'origins', secret: false, required: true, type: 'string[]', description: 'Where it may be shown.' },
  ],
};

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly bytes: Buffer;
  readonly body: Record<string, never> & { readonly [key: string]: unknown };
}

export interface Call {
  readonly body?: unknown;
  readonly token?: string | null;
  readonly type?: string;
  readonly accept?: string;
}

export interface TestApi {
  readonly store: Store;
  readonly tenants: ApiDeps['tenants'];
  readonly egress: Egress;
  readonly log: ApiDeps['log'];
  readonly woken: { tenantId: string; conversationId: string }[];
  readonly connectionString: string;
  readonly rights: Rights;
  readonly ledger: Ledger;
  readonly evidence: Evidence;
  readonly exportFiles: ExportFiles;
  /** As at the start of a process. */
  readonly recover: () => Promise<number>;
  /** The same files, so many milliseconds later. */
  readonly exportsAt: (later: number) => ExportFiles;
  /** The data directory. */
  readonly dir: string;
  /** What recipients were told. */
  readonly told: readonly HttpRequest[];
  readonly queued: { to: unknown; messages: readonly OutboundContent[] }[];
  readonly logged: () => string;
  call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, call?: Call): Promise<Answer>;
  /** For what only a socket shows; answers the port. */
  listen(): Promise<number>;
  /** What the platform answers when credentials are checked. */
  platform(answer: HttpResponse): void;
  /** What recipients answer when they are told. */
  recipient(answer: HttpResponse): void;
  stop(): Promise<void>;
}

const OK: HttpResponse = { kind: 'answered', status: 200, headers: {}, json: { id: '1', name: 'Acme' } };

export interface ApiOptions {
  /** Of a database that is not there; a real one is started unless given. */
  readonly databaseUrl?: string;
  /** How long an erasure waits for what is in flight. */
  readonly settleMs?: number;
}

export async function startApi(options: ApiOptions = {}): Promise<TestApi> {
  const database = options.databaseUrl ? null : await startTestDatabase();
  const dir = database?.dir ?? mkdtempSync(join(tmpdir(), 'parley-api-'));
  let lines = '';
  const to = Object.assign(
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines += chunk.toString();
        done();
      },
    }),
    { isTTY: false },
  );
  const log = createLogger({ logLevel: 'debug', logFormat: 'json', to });
  const databaseUrl = options.databaseUrl ?? database!.url;
  const masterKey = randomBytes(32);
  const role = database && (await prepareDatabase(database.url, masterKey)).logins.app;
  const store = openStore({ databaseUrl: role?.url ?? databaseUrl, masterKey, poolSize: 4, onError: () => undefined });
  const channels = [...CHANNELS.filter((c) => c.delivery === 'push'), pull];
  const facts = { channels: Object.fromEntries(channels.map((c) => [c.manifest.channel, c.identifiers])) };
  const tenants = openTenants({ store, channels, facts, privacyPage: () => 'http://gateway.example/privacy' });
  const woken: { tenantId: string; conversationId: string }[] = [];
  const queued: { to: unknown; messages: readonly OutboundContent[] }[] = [];
  let platformAnswer: HttpResponse = OK;
  const egress: Egress = { send: async () => platformAnswer, close: () => undefined };
  const told: HttpRequest[] = [];
  let recipientAnswer: HttpResponse = OK;
  const call = async (request: HttpRequest): Promise<HttpResponse> => {
    told.push(request);
    return recipientAnswer;
  };
  const wake = (items: readonly { tenantId: string; conversationId: string }[]): void => void woken.push(...items);
  const journal = createJournal({ store, file: journalFile(dir), days: 30, log, now: Date.now });
  const backups = { keyDays: 7, dataDays: 30 };
  const rights = createRights({
    store,
    facts,
    journal,
    backups,
    call,
    openForPerson,
    openAttachment,
    without: withoutIdentifier,
    correct: correctBody,
    wake,
    say: createSay({ store, tenants, wake }),
    words: createWords({ store, tenants }),
    pageUrl: (code) => `http://gateway.example/privacy/requests/${code}`,
    late: () => undefined,
    isolate: createIsolate({ log, metrics: createMetrics() }),
    log,
    now: Date.now,
    settleMs: options.settleMs ?? 50,
  });
  const anchors = fileAnchors(dir);
  const ledger = createLedger({ store, anchors, now: Date.now });
  const publicUrl = 'http://gateway.example';
  const processor = 'Gate Ltd, privacy@gate.example';
  const receipts = createReceipts({
    store,
    signatures: ledger.signatures,
    processor,
    publicUrl,
    storedIn: ['DE'],
    now: Date.now,
  });
  const standingOf = createStandingOf({
    store,
    manifests: channels.map(({ manifest }) => manifest),
    processor,
    gatewayUrl: publicUrl,
  });
  const evidenceDeps = { store, ledger, standingOf, verifier: readVerifier, now: Date.now };
  const evidence = createEvidence(evidenceDeps);
  const exportFiles = createExportFiles({ dataDir: dir, masterKey, now: Date.now });
  const ending = {
    store,
    journal,
    backups,
    anchors,
    exported: createExport({ ...evidenceDeps, openForPerson, openAttachment }),
    files: exportFiles,
    urlOf: exportUrl(publicUrl),
    changed: tenants.changed,
    settleMs: 50,
    log,
    now: Date.now,
  };
  const endContract = createOffboarding({ ...ending, ledger });
  const { recover } = createRecovery({
    store,
    journal,
    backups,
    openForPerson,
    correct: correctBody,
    // It has read no key yet.
    endAgain: (tenant) =>
      createOffboarding({ ...ending, ledger: createLedger({ store, anchors, now: Date.now }) })(tenant, {
        again: true,
      }),
    log,
    now: Date.now,
  });
  const deps: ApiDeps = {
    store,
    tenants,
    ledger,
    rights,
    receipts,
    exportFiles,
    endContract,
    attachmentUrl: async (_tenantId, id) => `http://gateway.example/v1/attachments/${id}`,
    channels,
    facts,
    egress,
    log,
    publicUrl,
    standingOf,
    evidence,
    isOperator: (token) => token === OPERATOR,
    wake,
    queueReply: async (_tenantId, to_, messages) => {
      queued.push({ to: to_, messages });
      return messages.map(() => randomUUID());
    },
  };
  const adapter = new FastifyAdapter({ bodyLimit: 1024 * 1024, frameworkErrors: refuseFrameworkError });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.register(deps), adapter, { logger: false });
  mountApi(app, deps);
  await app.init();
  await adapter.getInstance().ready();

  return {
    store,
    tenants,
    egress,
    log,
    woken,
    queued,
    logged: () => lines,
    platform: (answer) => void (platformAnswer = answer),
    connectionString: databaseUrl,
    rights,
    ledger,
    evidence,
    exportFiles,
    recover,
    exportsAt: (later) => createExportFiles({ dataDir: dir, masterKey, now: () => Date.now() + later }),
    dir,
    told,
    recipient: (answer) => void (recipientAnswer = answer),
    async call(method, url, { body, token = OPERATOR, type = 'application/json', accept } = {}) {
      const answer = await app.inject({
        method,
        url,
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': type }),
          ...(accept === undefined ? {} : { accept }),
        },
        ...(body === undefined
          ? {}
          : { payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
      });
      const json = /[/+]json\b/.test(String(answer.headers['content-type']))
        ? answer.json<Answer['body']>()
        : ({} as Answer['body']);
      return {
        status: answer.statusCode,
        headers: answer.headers,
        text: answer.body,
        bytes: answer.rawPayload,
        body: json,
      };
    },
    async listen() {
      await app.listen(0, '127.0.0.1');
      return (app.getHttpServer().address() as AddressInfo).port;
    },
    async stop() {
      await app.close();
      await store.close();
      await database?.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
