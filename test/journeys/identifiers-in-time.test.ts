// The long form of an action on an identifier: for which purposes, for how long, and what is only passed on.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { databaseUrl } from '#libs/platform';
import { acme, instructions, type Acme } from '../support/acme.js';
import { until } from '../support/until.js';
import { postSigned, whatsApp, whatsAppText } from '../support/webhooks.js';
import { startWorld, type World } from '../support/world.js';

let world: World;
let admin: pg.Pool;
beforeAll(async () => {
  world = await startWorld();
  admin = new pg.Pool({ connectionString: await databaseUrl({ databaseUrl: null, dataDir: world.gateway.dataDir }) });
  admin.on('error', () => undefined); // told that the server ends
});
afterAll(async () => {
  await admin?.end();
  await world?.end();
});

const NAME = 'Ottoline Featherstone';
const person = { phone: '4915577665544', user: 'DE.7766554433', name: NAME };

/** Support with names, and a second recipient that has another purpose. */
function document(profile_name: unknown, more: object = {}) {
  const data = ['routing', 'content', 'profile'];
  const bot = (purposes: string[]) => ({ kind: 'webhook', url: world.bot.url, country: 'DE', purposes, data: ['content'], identifiers: ['profile_name', 'wa_id'] }); // prettier-ignore
  return {
    ...instructions(world.bot.url),
    purposes: {
      support: { dpv: 'CustomerCare', basis: 'A6-1-b', data },
      quality: { dpv: 'ServiceOptimisation', basis: 'A6-1-f', balancingTest: 'LIA-1', data },
    },
    channels: { 'whatsapp-cloud': { identifiers: { user_id: 'keep', wa_id: { do: 'keep', purposes: ['support'] }, profile_name } } },
    retention: data.map((category) => ({ data: category, period: 'P30D' })),
    recipients: { bot: bot(['support']), survey: bot(['quality']) },
    ...more,
  };
} // prettier-ignore

const send = (tenant: Acme, text: string) => postSigned(tenant.whatsApp, whatsApp(tenant.phoneNumberId, person, [whatsAppText(text)]), tenant); // prettier-ignore
const heard = (text: string) => world.bot.heard(text).map(({ body }) => (body as unknown as { identifiers?: unknown }).identifiers ?? null); // prettier-ignore

interface Shown {
  readonly direction: string;
  readonly content: unknown;
  readonly identifiers?: Readonly<Record<string, string>>;
}

async function inbound(tenant: Acme): Promise<Shown | undefined> {
  const { json } = await tenant.call('GET', '/conversations?purpose=support');
  const [conversation] = json['items'] as { id: string }[];
  if (!conversation) return undefined;
  const read = await tenant.call('GET', `/conversations/${conversation.id}/messages?purpose=support`);
  return (read.json['items'] as Shown[]).find(({ direction }) => direction === 'in');
}

test('is given only to recipients of the purposes that its clause names', async () => {
  const tenant = await acme(world.gateway, document({ do: 'keep', purposes: ['quality'] }));
  await send(tenant, 'for whom');
  await until('both were asked', () => heard('for whom').length === 2);
  expect(heard('for whom')).toEqual([{ wa_id: person.phone }, { profile_name: NAME }]);
  expect((await inbound(tenant))?.identifiers).toEqual({ profile_name: NAME });
});

test('what is only passed on is in the row until it was handed on, and not after', async () => {
  const tenant = await acme(world.gateway, document('pass'));
  await send(tenant, 'passed on');
  await until('both were asked', () => heard('passed on').length === 2);
  expect(heard('passed on')).toEqual([{ wa_id: person.phone, profile_name: NAME }, { profile_name: NAME }]);
  const left = await until('it is settled', async () => {
    const row = await inbound(tenant);
    return row && !row.identifiers && row;
  });
  expect(left.content).toMatchObject({ text: 'passed on' });
});

test('its own period ends before that of the message; a legal hold comes first', async () => {
  const brief = { do: 'keep', period: 'PT2S' };
  const hold = { scope: 'claim 7', basis: 'A17-3-e', from: '2026-01-01', review: '2027-01-01' };
  const under = (more: object) => acme(world.gateway, document(brief, { legalHolds: [{ ...hold, ...more }] }));
  const kept = [await under({}), await under({ messages: { from: '2026-01-01' } })];
  const going = [await acme(world.gateway, document(brief)), await under({ connections: ['Another line'] })];
  for (const one of [...kept, ...going]) await send(one, 'for a while');
  await until('all were asked', () => heard('for a while').length === 8);
  for (const held of kept) expect((await inbound(held))?.identifiers).toEqual({ profile_name: NAME });
  for (const tenant of going) {
    const left = await until('its time is over', async () => {
      const row = await inbound(tenant);
      return row && !row.identifiers && row;
    });
    expect(left.content).toMatchObject({ text: 'for a while' });
  }
  for (const held of kept) expect((await inbound(held))?.identifiers).toEqual({ profile_name: NAME });
});

test('an answering handle goes by its own period, and comes again with the next message', async () => {
  const identifiers = { user_id: 'keep', wa_id: { do: 'keep', period: 'PT5S' }, profile_name: 'keep' };
  const tenant = await acme(world.gateway, document('keep', { channels: { 'whatsapp-cloud': { identifiers }, messenger: { enabled: false, identifiers: {} } } })); // prettier-ignore
  await send(tenant, 'handle one');
  await until('asked', () => heard('handle one').length === 2);
  expect(heard('handle one')[0]).toMatchObject({ wa_id: person.phone });
  const handles = async (): Promise<readonly string[]> => {
    const text = `SELECT i.kind FROM parley.identity i JOIN parley.tenant t ON t.id = i.tenant_id WHERE t.slug = $1 ORDER BY 1`;
    return (await admin.query<{ kind: string }>(text, [tenant.slug])).rows.map(({ kind }) => kind);
  };
  // The other one stays: the person is the same, and can be answered.
  await until('its time is over', async () => (await handles()).join() === 'user_id');
  let said = '';
  // It takes a moment until every process has been told.
  await until('it is there again', async () => {
    await send(tenant, (said = `one more: ${randomUUID()}`));
    await until('asked', () => heard(said).length === 2);
    return (await handles()).join() === 'user_id,wa_id';
  });
  expect(heard(said)[0]).toMatchObject({ wa_id: person.phone });
});
