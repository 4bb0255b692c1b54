// The gateway itself writes its tables of keys anew after an erasure: the job is scheduled there, and after it no file has the key.
import pg from 'pg';
import { createLogger, databaseUrl } from '#libs/platform';
import { openBackend } from '../../libs/platform/src/queues/backend.js';
import { inFiles } from '../canary/places.js';
import { acme, instructions, took } from '../support/acme.js';
import { says } from '../support/bot.js';
import { until } from '../support/until.js';
import { postSigned, whatsApp, whatsAppText } from '../support/webhooks.js';
import { startWorld, type World } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());

test('once the scheduled job has run, no file and no write-ahead log has the key of whoever was erased', async () => {
  const { dataDir } = world.gateway;
  const url = await databaseUrl({ databaseUrl: null, dataDir });
  const look = new pg.Client({ connectionString: url });
  await look.connect();
  const backend = openBackend(null, url, createLogger({ logLevel: 'silent', logFormat: 'json' }));
  const queue = backend.queue<Record<string, never>>('schedules');
  try {
    world.bot.answer(() => says('hello'));
    const tenant = await acme(world.gateway, instructions(world.bot.url));
    const anna = { phone: '4915100000123', user: 'DE.55566677788899900' };
    await postSigned(tenant.whatsApp, whatsApp(tenant.phoneNumberId, anna, [whatsAppText('hello')]), tenant);
    await until('the bot heard her', () => world.bot.heard('hello').length === 1);
    const { rows } = await look.query<{ key: Buffer }>('SELECT wrapped_key AS key FROM parley.subject_key');
    const sealed = rows.flatMap(({ key }) => [
      { canary: 'key', form: 'raw', bytes: key },
      { canary: 'key', form: 'hex', bytes: Buffer.from(key.toString('hex')) },
    ]);
    const subject = { channel: 'whatsapp-cloud', kind: 'wa_id', value: anna.phone };
    const { id } = took(await tenant.call('POST', '/requests', { right: 'erasure', subject }), 'the erasure');
    await until('she is erased', async () => (await tenant.call('GET', `/requests/${String(id)}`)).json['state'] === 'completed'); // prettier-ignore
    expect(rows).toHaveLength(1);
    expect(inFiles(dataDir, sealed)).not.toEqual([]);
    // Due now instead of in ten minutes; which process has it, and what it does, is the gateway's.
    await queue.add('destroyed-keys', {});
    await until('the job has run', async () => (await look.query('SELECT FROM parley.destroyed_key')).rowCount === 0); // prettier-ignore
    expect(inFiles(dataDir, sealed)).toEqual([]);
  } finally {
    await queue.close();
    await backend.close();
    await look.end();
  }
});
