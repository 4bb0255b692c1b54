// The identifier map from outside: what an update brought, counted by kind and by path, and never its value.
import { acme, instructions, took, type Acme } from '../support/acme.js';
import { until } from '../support/until.js';
import { postSigned, whatsApp, whatsAppText } from '../support/webhooks.js';
import { startWorld, type World } from '../support/world.js';

let world: World;
let tenant: Acme;
beforeAll(async () => {
  world = await startWorld();
  tenant = await acme(world.gateway, instructions(world.bot.url));
});
afterAll(() => world.end());

interface Row {
  readonly channel: string;
  readonly kind: string;
  readonly declared: boolean;
  readonly instructed: string;
  readonly seen: number;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly paths: readonly string[];
}

const map = async (): Promise<readonly Row[]> =>
  took(await tenant.call('GET', '/identifiers?limit=1000'), 'identifiers')['items'] as Row[];
const rowOf = async (kind: string) =>
  (await map()).find((row) => row.channel === 'whatsapp-cloud' && row.kind === kind);

it('counts what was seen, first and last, and names fields that nobody declared by path', async () => {
  const from = { phone: '4915550004711', user: 'DE.4711', name: 'Ottoline Featherstonehaugh' };
  const say = (text: string) =>
    postSigned(
      tenant.whatsApp,
      whatsApp(tenant.phoneNumberId, from, [whatsAppText(text, { aura_colour: 'heliotrope', [from.phone]: 1 })]),
      tenant,
    );
  const before = await rowOf('profile_name');
  expect([before?.instructed, before?.seen, before?.firstSeen]).toEqual(['drop', 0, null]);
  await say('one');
  await until('the bot heard both', () => world.bot.heard('one')[0]);
  await say('two');
  await until('the bot heard both', () => world.bot.heard('two')[0]);

  const name = (await rowOf('profile_name'))!;
  // With the messages, and with what the platform tells of our answers.
  expect(name.seen).toBeGreaterThanOrEqual(2);
  expect([name.instructed, name.paths.length > 0]).toEqual(['drop', true]);
  expect(Date.parse(name.firstSeen!)).toBeLessThanOrEqual(Date.parse(name.lastSeen!));
  const undeclared = (await rowOf('undeclared'))!;
  expect(undeclared).toMatchObject({ declared: false, instructed: 'drop' });
  expect(undeclared.paths.filter((path) => path.endsWith('aura_colour')).length).toBe(1);
  // A field that is named by a value is told without its name.
  expect(undeclared.paths.filter((path) => path.endsWith('*')).length).toBe(1);
  expect(JSON.stringify(await map())).not.toMatch(/heliotrope|Ottoline|4915550004711|DE\.4711/);
}); // prettier-ignore
