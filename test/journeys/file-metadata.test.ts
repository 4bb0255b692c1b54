// What is embedded in pictures and films goes with them only to the recipient that lists it for a purpose that may have it; the person's copy has what is held.
import { MEDIA_FILES } from '../../libs/pipeline/test/media-files.js';
import { PICTURES } from '../../libs/pipeline/test/pictures.js';
import { acme, instructions, took, type Acme } from '../support/acme.js';
import { startBot, type Bot } from '../support/bot.js';
import { until } from '../support/until.js';
import { visit } from '../support/web-chat.js';
import { startWorld, type World } from '../support/world.js';

const TOLD = 'GPS-CANARY of where it was';
/** As telephones send them. */
const SENT = [
  { name: 'a.jpg', type: 'image/jpeg', ways: PICTURES.jpeg!(TOLD) },
  { name: 'b.heic', type: 'image/heic', ways: MEDIA_FILES.heic!(TOLD) },
  { name: 'c.mp4', type: 'video/mp4', ways: MEDIA_FILES.mp4!(TOLD) },
];
const WITH = SENT.map(({ ways: [before] }) => before);
const WITHOUT = SENT.map(({ ways: [, after] }) => after);
const VISITOR = 'dl_who_has_sent_the_picture';

let world: World;
let bots: Readonly<Record<'listing' | 'silent' | 'elsewhere', Bot>>;
let tenant: Acme;
beforeAll(async () => {
  world = await startWorld();
  bots = { listing: await startBot(), silent: await startBot(), elsewhere: await startBot() };
  const recipient = (bot: Bot, more: object) => ({ kind: 'webhook', url: bot.url, country: 'DE', data: ['content', 'attachments'], ...more });
  const base = instructions(world.bot.url) as Record<string, Record<string, object>>;
  const data = ['routing', 'content', 'attachments'];
  tenant = await acme(world.gateway, {
    ...base,
    purposes: { support: base['purposes']!['support'], quality: { dpv: 'ServiceOptimisation', basis: 'A6-1-f', balancingTest: 'LIA-1', data } },
    channels: { ...base['channels'], web: { identifiers: { visitor_id: 'keep', file_metadata: { do: 'keep', purposes: ['support'] } } } },
    recipients: {
      listing: recipient(bots.listing, { purposes: ['support'], identifiers: ['file_metadata'] }),
      silent: recipient(bots.silent, { purposes: ['support'] }),
      elsewhere: recipient(bots.elsewhere, { purposes: ['quality'], identifiers: ['file_metadata'] }),
    },
  });
}); // prettier-ignore
afterAll(async () => {
  for (const bot of Object.values(bots)) await bot.close();
  await world.end();
});

/** Addresses name the gateway as it is reached from outside; whoever has one needs nothing else. */
const bytesAt = async (url: string): Promise<Buffer> => Buffer.from(await (await fetch(url)).arrayBuffer());

it('of three recipients of files one has what is embedded in them, and the copy has it', async () => {
  const visitor = await visit(world.gateway.url, tenant.siteKey, { user: VISITOR });
  const files = SENT.map(({ name, type, ways: [before] }) => new File([new Uint8Array(before)], name, { type }));
  took(await visitor.upload({ type: 'message', from: { id: 'me' } }, files), 'upload');
  const given = async (bot: Bot): Promise<Buffer[]> => {
    const call = await until('the bot has them', () =>
      bot.calls.find(({ body }) => body.message.attachments.length > 0),
    );
    return Promise.all(call.body.message.attachments.map(({ url }) => bytesAt(url)));
  };
  expect(await given(bots.listing)).toEqual(WITH);
  expect(await given(bots.silent)).toEqual(WITHOUT);
  expect(await given(bots.elsewhere)).toEqual(WITHOUT);

  const map = took(await tenant.call('GET', '/identifiers?limit=1000'), 'identifiers')['items'] as { kind: string }[];
  const row = map.find(({ kind }) => kind === 'file_metadata');
  expect(row).toMatchObject({ instructed: 'keep', applied: ['keep'], seen: SENT.length, paths: ['upload:exif'] });

  const subject = { channel: 'web', kind: 'visitor_id', value: VISITOR };
  const id = String(took(await tenant.call('POST', '/requests', { right: 'access', subject }), 'access')['id']);
  const copy = await until('the copy', async () => {
    const answer = await tenant.call('GET', `/requests/${id}/result`);
    return answer.status === 200 ? answer.text : undefined;
  });
  const urls = new Set(copy.match(/http[^"]+\/v1\/attachments\/[^"]+/g));
  expect(await Promise.all([...urls].map(bytesAt))).toEqual(WITH);
});
