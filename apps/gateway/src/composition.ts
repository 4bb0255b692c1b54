// The composition root: which part is given which other part. The only place that knows all of them.
import { CHANNELS } from '#libs/channels';
import type { Facts } from '#libs/instructions';
import type { HttpRequest, HttpResponse } from '#libs/kernel';
import {
  createForgetEnded,
  createLedger,
  createPublish,
  createSequencer,
  createStandingOf,
  fileAnchors,
} from '#libs/ledger';
import {
  createApplier,
  createEndings,
  createLapses,
  createStaleTokens,
  createAtOnce,
  createBulkhead,
  createCommitter,
  createContacts,
  createDeliver,
  createIntake,
  createLater,
  createLookUp,
  createMedia,
  createModel,
  createProcess,
  createRoute,
  createSay,
  createWords,
  openAttachment,
  correctBody,
  openForPerson,
  openTenants,
  permitOf,
  withoutIdentifier,
  type TurnInHand,
} from '#libs/pipeline';
import {
  createEgress,
  createHealth,
  createIsolate,
  createMetrics,
  createRateLimiter,
  openQueues,
  type Config,
  type DataDir,
  type Logger,
} from '#libs/platform';
import { RECIPIENT_KINDS } from '#libs/recipients';
import {
  BEAT_MS,
  createEvidence,
  createDestroyedKeys,
  createExport,
  createExportFiles,
  createJournal,
  createOffboarding,
  createReceipts,
  createRecovery,
  createRights,
  journalFile,
  receiptUrl,
  type OpenDsrSigner,
} from '#libs/rights';
import { openStore, type Logins } from '#libs/store';
import { createConnectionChecks } from './api/connections/check.js';
import { createAttachmentAddresses } from './attachments.js';
import { exportUrl } from './exports.js';
import { privacyPageUrl } from './privacy-page.js';
import { createSweep } from './sweep.js';
import { readVerifier } from './verifier.js';
import { createWebChat } from './web-chat.js';

const RETENTION_MS = 5_000;
/** Of an hour in which certificates say that a destroyed key leaves the files. */
const DESTROYED_KEYS_MS = 10 * 60 * 1_000;
const HOUR_MS = 60 * 60 * 1_000;
const CONNECTION_CHECKS_MS = 30_000;

export async function compose(
  config: Config,
  given: { logins: Logins; dataDir: DataDir; log: Logger; signer?: OpenDsrSigner | null },
) {
  const { logins, dataDir, log, signer = null } = given;
  const { masterKey } = dataDir;
  const onError = (error: Error): void => log.warn('database.pool-error', { error });
  const store = openStore({ databaseUrl: logins.app.url, masterKey, poolSize: config.databasePool, onError });
  const facts: Facts = { channels: Object.fromEntries(CHANNELS.map((c) => [c.manifest.channel, c.identifiers])) };
  const tenants = openTenants({
    store,
    channels: CHANNELS,
    facts,
    privacyPage: (id) => privacyPageUrl(config.publicUrl, id),
  });
  await tenants.start();
  const queues = openQueues(config, logins.queues.url, log);
  const atOnce = createAtOnce(queues.wake, log);
  const { wake } = atOnce;
  const metrics = createMetrics();
  const isolate = createIsolate({ log, metrics });
  metrics.gauge('parley_queue_jobs', queues.waiting);
  const health = createHealth({ database: store.ping, migrations: store.migrated, queues: queues.waiting });
  const limiter = createRateLimiter(config, log);
  const egress = createEgress({
    allowPrivate: config.allowPrivateRecipients,
    bases: { 'meta-graph': config.metaGraph, 'instagram-graph': config.instagramGraph },
    observe: (outcome, seconds) => {
      metrics.count('parley_egress_calls_total', { outcome });
      metrics.observe('parley_egress_seconds', { outcome }, seconds);
      // Somebody entered an address to which nothing may go, or a platform named one.
      if (outcome === 'forbidden-host') log.warn('egress.refused', { reason: outcome });
    },
  });
  const gaveUp =
    (stage: 'route' | 'media' | 'deliver') =>
    (messages = 1): void =>
      metrics.count('parley_dead_letters_total', { stage }, messages);

  const send = (request: HttpRequest, hand: TurnInHand): Promise<HttpResponse> =>
    atOnce.aside(() =>
      egress.send(request, {
        hosts: hand.connection.adapter.manifest.hosts,
        secrets: hand.connection.secrets,
        platform: true,
      }),
    );
  // To addresses that were registered for this, by a controller or by the operator; where a kind renders it, by its line.
  const call = (request: HttpRequest, permit = permitOf(request.url, {})): Promise<HttpResponse> =>
    egress.send(request, permit);
  const ask: typeof call = (request, permit) => atOnce.aside(() => call(request, permit));

  const committer = createCommitter(store, gaveUp('deliver'));
  const contacts = createContacts(store);
  await contacts.start();
  const pageUrl = (code: string): string => `${config.publicUrl}/privacy/requests/${code}`;
  const backups = { keyDays: config.backupKeyDays, dataDays: config.backupDays };
  const days = Math.max(backups.keyDays, backups.dataDays);
  const journal = createJournal({ store, file: journalFile(dataDir.path), days, log, now: Date.now });
  const rights = createRights({
    store, facts, journal, backups, call, openForPerson, openAttachment, without: withoutIdentifier, correct: correctBody, log,
    processor: config.processor,
    say: createSay({ store, tenants, wake }),
    words: createWords({ store, tenants }),
    pageUrl,
    openDsr: signer && { signer, publicUrl: config.publicUrl },
    wake,
    isolate,
    late: (category, seconds) => metrics.observe('parley_retention_late_seconds', { category }, seconds),
    now: Date.now,
  }); // prettier-ignore
  metrics.gauge('parley_retention_unreadable_rules', async () => rights.unreadableRules());
  tenants.watch(rights.changed);
  metrics.gauge('parley_retention_overdue', async () => rights.overdue());
  const intake = createIntake({
    store, tenants, channels: CHANNELS, committer, contacts,
    wake,
    count: (outcome, channel, n) => metrics.count('parley_inbound_events_total', { channel, outcome }, n),
    metaAppSecret: config.metaAppSecret,
    now: Date.now,
  }); // prettier-ignore
  const webChat = createWebChat({ store, tenants, intake, masterKey });
  await webChat.start();
  const addresses = createAttachmentAddresses(masterKey, config.publicUrl);
  const media = createMedia({ store, send, log, urlOf: addresses.urlOf, now: Date.now });
  const bulkhead = createBulkhead(Date.now);
  const look = createModel({ store, tenants, call: ask, bulkhead, log, now: Date.now });
  const route = createRoute({
    store,
    tenants,
    recipients: RECIPIENT_KINDS,
    call: ask,
    bulkhead,
    media,
    look,
    lookUp: createLookUp({
      store,
      committer,
      send,
      changed: tenants.changed,
      count: (channel, outcome) => metrics.count('parley_look_ups_total', { channel, outcome }),
      log,
      now: Date.now,
    }),
    openRequest: async (right, { whose: { tenantId, subjectId }, conversationId }, { aside }) =>
      pageUrl(
        (await rights.open({ tenantId, right, source: 'chat', subjectIds: [subjectId], conversationId, aside })).code,
      ),
    tellLate: rights.tellLate,
    receiptUrl: (code) => receiptUrl(config.publicUrl, code),
    count: (kind, outcome) => metrics.count('parley_recipient_calls_total', { kind, outcome }),
    gaveUp: (stage) => gaveUp(stage)(),
    log,
    now: Date.now,
  });
  const deliver = createDeliver({
    store,
    send,
    limiter,
    published: webChat.published,
    count: (channel, outcome) => metrics.count('parley_outbound_messages_total', { channel, outcome }),
    gaveUp: gaveUp('deliver'),
    changed: tenants.changed,
    log,
    now: Date.now,
  });
  const process = createProcess({
    store,
    tenants,
    route,
    deliver,
    wake,
    took: (seconds) => metrics.observe('parley_turn_seconds', {}, seconds),
    gaveUp: (stage) => gaveUp(stage)(),
    log,
  });
  const queueReply = createLater({ store, tenants, wake });
  const heldDeps = { store, facts, log, now: Date.now };
  const heldJobs = [
    createApplier(heldDeps),
    createEndings(heldDeps),
    createLapses(heldDeps),
    createStaleTokens(heldDeps),
  ];
  const sweep = createSweep({ store, wake, log });
  const anchors = fileAnchors(dataDir.path);
  const ledger = createLedger({ store, anchors, now: Date.now });
  const { processor, publicUrl, storedIn } = config;
  const receipts = createReceipts({
    store,
    signatures: ledger.signatures,
    processor,
    publicUrl,
    storedIn,
    now: Date.now,
  });
  const standingOf = createStandingOf({
    store, manifests: CHANNELS.map(({ manifest }) => manifest), processor: config.processor, gatewayUrl: config.publicUrl,
  }); // prettier-ignore
  const evidenceDeps = { store, ledger, standingOf, verifier: readVerifier, now: Date.now };
  const evidence = createEvidence(evidenceDeps);
  const exportFiles = createExportFiles({ dataDir: dataDir.path, masterKey, now: Date.now });
  const forgetEnded = createForgetEnded({ store, anchors });
  /** On the disk of this process. */
  const tidy = (): void =>
    void Promise.all([exportFiles.expire(), forgetEnded()]).catch((error: unknown) => log.warn('sweep.failed', { error })); // prettier-ignore
  const tidying = setInterval(tidy, HOUR_MS).unref();
  tidy();
  const endContract = createOffboarding({
    store,
    journal,
    backups,
    ledger,
    anchors,
    exported: createExport({ ...evidenceDeps, openForPerson, openAttachment }),
    files: exportFiles,
    urlOf: exportUrl(config.publicUrl),
    changed: tenants.changed,
    settleMs: 1_000,
    log,
    now: Date.now,
  });
  const { recover } = createRecovery({
    store,
    journal,
    backups,
    openForPerson,
    correct: correctBody,
    endAgain: (tenant) => endContract(tenant, { again: true }),
    log,
    now: Date.now,
  });
  const sequencer = createSequencer({ store, ledger, isolate, log });
  const publish = createPublish({
    store,
    ledger,
    dataDir: dataDir.path,
    witness: config.witnessUrl,
    call,
    isolate,
    log,
    now: Date.now,
  });

  return {
    store, tenants, rights, receipts, recover, endContract, exportFiles, ledger, standingOf, evidence, wake, metrics, health, egress, intake, facts, contacts, webChat, addresses, queueReply,
    /** Starts working on conversations, and sweeps up what a crash or a lost wake-up left behind. */
    startWorker(): void {
      atOnce.start(process, config.workerConcurrency);
      queues.work(atOnce.take);
      sweep.start();
      rights.start();
      for (const job of heldJobs) job.start();
      sequencer.start();
      void queues.schedule('ledger-checkpoints', HOUR_MS, publish);
      void queues.schedule('retention', RETENTION_MS, rights.sweep);
      void queues.schedule('journal', BEAT_MS, () => journal.beat());
      void queues.schedule('connection-checks', CONNECTION_CHECKS_MS, createConnectionChecks({ store, tenants, egress, isolate, log }));
      void queues.schedule('destroyed-keys', DESTROYED_KEYS_MS, createDestroyedKeys({ store, log, now: Date.now }));
    },
    async close(): Promise<void> {
      clearInterval(tidying);
      sweep.stop();
      contacts.stop();
      rights.stop();
      await Promise.all(heldJobs.map((job) => job.stop()));
      await sequencer.stop();
      await committer.drain();
      await queues.rest();
      await atOnce.close();
      await queues.close();
      await limiter.close();
      egress.close();
      await store.close();
    },
  }; // prettier-ignore
}
