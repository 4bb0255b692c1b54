// What the tenant's staff wrote in the platform's own app: kept beside the bot's answers, and read like what people wrote.
import { acme, instructions, took, type Acme } from '../support/acme.js';
import { echo } from '../support/bot.js';
import { until } from '../support/until.js';
import { messenger, messengerText, mid, postSigned } from '../support/webhooks.js';
import { startWorld, type World } from '../support/world.js';

let world: World;
let tenant: Acme;
const PSID = '24800000000001';

beforeAll(async () => {
  world = await startWorld();
  world.bot.answer(echo);
  const document = instructions(world.bot.url);
  tenant = await acme(world.gateway, document);
  const { purposes } = document as { readonly purposes: object };
  await tenant.force({
    ...document,
    purposes: { ...purposes, quality: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['content'] } },
    channels: { messenger: { identifiers: { psid: 'keep', message_id: 'keep' } } },
  });
});
afterAll(() => world.end());

interface Message {
  readonly direction: string;
  readonly content: unknown;
  readonly identifiers?: Readonly<Record<string, string>>;
}

async function messages(purpose: string): Promise<readonly Message[]> {
  const { items } = took(await tenant.call('GET', `/conversations?purpose=${purpose}`), 'conversations');
  const [{ id }] = items as readonly [{ readonly id: string }];
  const page = took(await tenant.call('GET', `/conversations/${id}/messages?purpose=${purpose}`), 'messages');
  return page['items'] as readonly Message[];
}

test('is read for a purpose in the parts that the purpose covers, without the ids of the platform', async () => {
  const id = mid();
  await postSigned(tenant.messenger, messenger(tenant.pageId, PSID, messengerText('hello')), tenant);
  await until('the bot answered', () => world.bot.heard('hello')[0]);
  const written = {
    sender: { id: tenant.pageId },
    recipient: { id: PSID },
    message: { mid: id, is_echo: true, app_id: 26390203743090, text: 'Anna here, I will see to it' },
  };
  await postSigned(tenant.messenger, messenger(tenant.pageId, PSID, written), tenant);
  const content = { type: 'text', text: 'Anna here, I will see to it' };
  const found = (purpose: string) =>
    until('it is stored', async () =>
      (await messages(purpose)).find((one) => JSON.stringify(one).includes('Anna here')),
    );
  expect(await found('quality')).toMatchObject({ direction: 'out', content });
  expect(JSON.stringify(await messages('quality'))).not.toContain(id);
  expect(await found('support')).toMatchObject({ direction: 'out', content, identifiers: { message_id: id } });
});
