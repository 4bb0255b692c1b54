// Starts the gateway: configuration, database, migrations, stages by role, HTTP; and ends it cleanly.
import 'reflect-metadata';
import type { FastifyPluginAsync } from 'fastify';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { CHANNELS } from '#libs/channels';
import {
  ConfigError,
  createLogger,
  loadConfig,
  migrateQueues,
  openDataDir,
  StartRefused,
  startDatabase,
  tokenFits,
  type Config,
  type Logger,
} from '#libs/platform';
import { prepareDatabase } from '#libs/store';
import { ApiModule, mountApi } from './api/api.module.js';
import type { ApiDeps } from './api/deps.js';
import { RefusalFilter, refuseErrors, refuseFrameworkError } from './api/refusals.js';
import { compose } from './composition.js';
import { attachments } from './attachments.js';
import { demoPage } from './demo/page.js';
import { demoSiteKey, makeDemoTenant } from './demo/tenant.js';
import { directLinePlugin } from './directline/plugin.js';
import { exportRoute } from './exports.js';
import { healthRoutes } from './health.js';
import { httpServer } from './http-server.js';
import { readSigner } from './opendsr/certificate.js';
import { openDsr } from './opendsr/plugin.js';
import { personCallbacks } from './person-callbacks.js';
import { rightsPages } from './rights-pages.js';
import { privacyPages } from './privacy-page.js';
import { receiptPages } from './receipt-pages.js';
import { schemas } from './schemas.js';
import { webhookPosts } from './webhook-posts.js';
import { webhooks } from './webhooks.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function start(config: Config, log: Logger): Promise<() => Promise<void>> {
  const dataDir = await openDataDir(config);
  if (dataDir.created && dataDir.operatorToken) say(`Operator token (shown this once): ${dataDir.operatorToken}`);
  const signer = await readSigner(config);
  const database = await startDatabase(config, log);
  // As the owner, whose connections end here; what runs from now on owns nothing.
  const { migrated, logins } = await prepareDatabase(database.url, dataDir.masterKey);
  if (migrated > 0) log.info('database.migrated', { count: migrated });
  if (!config.redisUrl) await migrateQueues(database.url, logins.queues.role);
  const gateway = await compose(config, { logins, dataDir, log, signer });
  // Whoever was erased since a backup that was put back is erased again, before anybody can write or ask.
  await gateway.recover();
  const isOperator = (token: string): boolean => tokenFits(token, dataDir.operatorTokenHash);

  const { store, tenants, facts, egress, metrics } = gateway;
  const { publicUrl, trustedProxies } = config;
  const api: ApiDeps = {
    store,
    tenants,
    ledger: gateway.ledger,
    rights: gateway.rights,
    receipts: gateway.receipts,
    endContract: gateway.endContract,
    exportFiles: gateway.exportFiles,
    attachmentUrl: (tenantId, id) => gateway.addresses.urlOf(tenantId, id, 'held'),
    facts,
    egress,
    wake: gateway.wake,
    channels: CHANNELS,
    isOperator,
    publicUrl,
    standingOf: gateway.standingOf,
    evidence: gateway.evidence,
    log,
    queueReply: gateway.queueReply,
  };

  const takeOver = config.roles.has('ingress') ? webhookPosts({ ...gateway, channels: CHANNELS, log }) : () => false;
  const adapter = new FastifyAdapter({
    serverFactory: httpServer(takeOver),
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    bodyLimit: 1024 * 1024,
    frameworkErrors: refuseFrameworkError,
    routerOptions: { maxParamLength: 200 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    config.roles.has('api') ? ApiModule.register(api) : ApiModule,
    adapter,
    { logger: false },
  );
  if (config.roles.has('api')) mountApi(app, api);
  else app.useGlobalFilters(new RefusalFilter(log));
  const fastify = adapter.getInstance();
  /** In a scope of its own: the framework's handler of errors answers with their messages. */
  const add = (plugin: FastifyPluginAsync): PromiseLike<unknown> =>
    fastify.register(async (scope) => {
      scope.setErrorHandler(refuseErrors(log));
      await scope.register(plugin);
    });
  await add(healthRoutes({ health: gateway.health, metrics, isOperator, publicUrl, trustedProxies }));
  if (config.roles.has('api')) await add(privacyPages({ store, channels: CHANNELS }));
  if (config.roles.has('api')) await add(schemas());
  if (config.roles.has('api')) await add(exportRoute(gateway.exportFiles));
  if (config.roles.has('api')) await add(rightsPages({ ...gateway, publicUrl }));
  if (config.roles.has('api')) await add(receiptPages({ ...gateway, signatures: gateway.ledger.signatures }));
  if (config.roles.has('api')) await add(attachments({ store, tenants, addresses: gateway.addresses }));
  if (config.roles.has('api') && signer)
    await add(openDsr({ ...gateway, channels: CHANNELS, signer, publicUrl, log, now: Date.now }));
  if (config.roles.has('ingress')) {
    await add(webhooks({ channels: CHANNELS, tenants, metaVerifyToken: config.metaVerifyToken, log }));
    await add(personCallbacks({ ...gateway, channels: CHANNELS, publicUrl, metaAppSecret: config.metaAppSecret, log }));
    const onError = (error: unknown): void => log.error('intake.failed', { error });
    const siteKey = demoSiteKey(dataDir.masterKey);
    const findSite = async (): Promise<string | null> => ((await store.locate({ siteKey })) ? siteKey : null);
    await add(demoPage({ publicUrl: () => publicUrl, siteKey: findSite }));
    await add(directLinePlugin(gateway.webChat.backend, { publicUrl: () => publicUrl, onError }));
  }
  if (config.roles.has('worker')) gateway.startWorker();
  if (config.demo && config.roles.has('api')) {
    const { origin } = new URL(publicUrl);
    const { signatures } = gateway.ledger;
    if (await makeDemoTenant({ store, signatures, facts, masterKey: dataDir.masterKey, origin }))
      log.info('demo.created');
  }
  await app.listen(config.port, config.host);
  return async () => {
    await app.close();
    await gateway.close();
    await database.stop();
  };
}

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const log = createLogger(config);
  log.info('gateway.starting');
  const stop = await start(config, log);
  log.info('gateway.ready', { port: config.port });
  say(`Parley is ready: ${config.publicUrl}`);
  if (config.demo && config.roles.has('ingress')) say(`Write to the demo:  ${config.publicUrl}/demo`);
  if (config.roles.has('api')) say(`Management API:     ${config.publicUrl}/docs`);
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      log.info('gateway.stopping');
      stop().then(
        () => {
          log.info('gateway.stopped');
          process.exit(0);
        },
        (error: unknown) => {
          log.error('gateway.failed', { error });
          process.exit(1);
        },
      );
    });
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError) process.stderr.write(`${error.mistakes.join('\n')}\n`);
  else if (error instanceof StartRefused) process.stderr.write(`${error.message}\n`);
  else process.stderr.write(`Parley could not start: ${error instanceof Error ? error.stack : 'unknown'}\n`);
  process.exit(1);
});
