// Special categories and offences from outside: what is not allowed reaches nobody, is not kept, and the person is told.
import { acme, instructions, took, type Acme } from '../support/acme.js';
import { echo } from '../support/bot.js';
import { until } from '../support/until.js';
import { postSigned, wamid, whatsApp, whatsAppText } from '../support/webhooks.js';
import { startWorld, type World } from '../support/world.js';

let world: World;
let people = 0;

beforeAll(async () => {
  world = await startWorld();
  world.bot.answer(echo);
});
afterAll(() => world.end());

const somebody = () => {
  const n = String(++people).padStart(6, '0');
  return { phone: `4915660${n}`, user: `DE.20000000${n}` };
};
type Person = ReturnType<typeof somebody>;

const made = (more: Readonly<Record<string, unknown>> = {}): Promise<Acme> =>
  acme(world.gateway, { ...instructions(world.bot.url), ...more });
const say = (tenant: Acme, from: Person, text: string, more: Readonly<Record<string, unknown>> = {}) =>
  postSigned(tenant.whatsApp, whatsApp(tenant.phoneNumberId, from, [{ ...whatsAppText(text), ...more }]), tenant);
const textsTo = ({ phone }: Person): readonly string[] =>
  world.meta.calls.flatMap(({ method, body }) => {
    const sent = body as { to?: string; text?: { body: string }; interactive?: { body: { text: string } } };
    return method === 'POST' && sent.to === phone ? (sent.text?.body ?? sent.interactive?.body.text ?? []) : [];
  });
const answered = (person: Person, text: string) =>
  until(`an answer to "${text}"`, () => textsTo(person).includes(`echo: ${text}`) && textsTo(person));

interface Stored {
  readonly direction: string;
  readonly content: { readonly text?: string } | null;
}

/** All that the tenant's people can read, oldest first. */
async function stored(tenant: Acme): Promise<readonly Stored[]> {
  const { items } = took(await tenant.call('GET', '/conversations?purpose=support&limit=200'), 'conversations');
  const pages = await Promise.all(
    (items as readonly { readonly id: string }[]).map(async ({ id }) =>
      took(await tenant.call('GET', `/conversations/${id}/messages?purpose=support&limit=200`), 'messages'),
    ),
  );
  return pages.flatMap((page) => page['items'] as readonly Stored[]);
}
const leaves = async (tenant: Acme): Promise<readonly Readonly<Record<string, unknown>>[]> =>
  (took(await tenant.call('GET', '/ledger?limit=1000'), 'ledger')['items'] as readonly { leaf: Record<string, unknown> }[]).map(({ leaf }) => leaf); // prettier-ignore

test('forbidden, which is the default: taken out for the bot and at rest, told in the language of the words, once', async () => {
  const tenant = await made();
  const person = somebody();
  await say(tenant, person, 'hallo, ich habe Diabetes und war im Gefängnis');
  const left = 'hallo, ich habe [removed] und war im [removed]';
  const texts = await answered(person, left);
  expect(texts).toHaveLength(4);
  expect(texts[0]).toContain('dpo@acme.example');
  expect(texts[1]).toContain('Gesundheit');
  expect(texts[2]).toContain('Straftaten');
  await say(tenant, person, 'Epilepsie auch');
  expect(await answered(person, '[removed] auch')).toHaveLength(5);
  const all = JSON.stringify([await stored(tenant), world.bot.calls.map(({ raw }) => raw)]);
  expect(all).toContain('ich habe [removed]');
  expect(all).not.toMatch(/Diabetes|Epilepsie|im Gefängnis/);
  const found = (await leaves(tenant)).filter(({ type }) => type === 'special-category');
  expect(found.map(({ mode, told }) => [mode, told])).toEqual([
    ['forbid', true],
    ['forbid', false],
  ]);
});

test('an edit is no way round', async () => {
  const tenant = await made();
  const person = somebody();
  const id = wamid(person.phone);
  await say(tenant, person, 'harmless', { id });
  await answered(person, 'harmless');
  const message = { type: 'text', text: { body: 'I have epilepsy' } };
  await postSigned(tenant.whatsApp, whatsApp(tenant.phoneNumberId, person, [{ type: 'edit', edit: { original_message_id: id, message } }]), tenant); // prettier-ignore
  await until('the bot hears of the edit', () => world.bot.heard('I have [removed]')[0]);
  const texts = (await stored(tenant)).map(({ content }) => content?.text);
  expect(texts).toContain('I have [removed]');
  expect(JSON.stringify(texts)).not.toContain('epilepsy');
});

test('what waits for consent has nothing of it either', async () => {
  const consent = { version: '1', purposes: ['support'], en: 'May we? YES or NO.', de: 'May we? YES or NO.', accept: { en: ['yes'], de: ['ja'] }, refuse: { en: ['no'], de: ['nein'] } }; // prettier-ignore
  const base = instructions(world.bot.url) as { texts: object; retention: readonly object[] };
  const tenant = await made({
    purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-a', consent: 'ask', data: ['routing', 'content', 'attachments'] } },
    texts: { ...base.texts, ask: consent },
    retention: [...base.retention, { data: 'consent-record', start: 'withdrawal', period: 'P3Y' }],
  }); // prettier-ignore
  const person = somebody();
  await say(tenant, person, 'my leukemia is back');
  await until('the question', () => textsTo(person).includes('May we? YES or NO.'));
  expect(JSON.stringify(await stored(tenant))).not.toContain('leukemia');
  await say(tenant, person, 'yes');
  await answered(person, 'my [removed] is back');
});

test('warned of once per conversation, in the document’s words; the text goes on', async () => {
  const { texts } = instructions(world.bot.url) as { texts: object };
  const tenant = await made({
    specialCategories: { mode: 'warn', text: 'careful' },
    texts: { ...texts, careful: { en: 'Careful, please.', de: 'Bitte Vorsicht.' } },
  });
  const person = somebody();
  await say(tenant, person, 'I have asthma');
  expect((await answered(person, 'I have asthma')).slice(1)).toEqual(['Careful, please.', 'echo: I have asthma']);
  await say(tenant, person, 'and epilepsy');
  expect((await answered(person, 'and epilepsy')).slice(3)).toEqual(['echo: and epilepsy']);
});

test('with a time to delete, the message and the answers to it are gone by then, and nothing else', async () => {
  const tenant = await made({ specialCategories: { mode: 'warn', purgeWithin: 'PT8S' } });
  const person = somebody();
  await say(tenant, person, 'my HIV test');
  await say(tenant, person, 'an ordinary line');
  await answered(person, 'my HIV test');
  await answered(person, 'an ordinary line');
  await until('it is deleted', async () => !JSON.stringify(await stored(tenant)).includes('HIV'));
  const texts = (await stored(tenant)).map(({ content }) => content?.text ?? null);
  expect(texts).toEqual(expect.arrayContaining(['an ordinary line', 'echo: an ordinary line', null]));
});

test('a legal hold keeps it', async () => {
  const tenant = await made({
    specialCategories: { mode: 'warn', purgeWithin: 'PT2S' },
    legalHolds: [{ scope: 'content', basis: 'civil action', from: '2026-01-01' }],
  });
  const person = somebody();
  await say(tenant, person, 'my HIV test, kept');
  await answered(person, 'my HIV test, kept');
  await new Promise((resolve) => void setTimeout(resolve, 4_000));
  expect(JSON.stringify(await stored(tenant))).toContain('my HIV test, kept');
});

test('a legal hold on a part keeps that part: these messages, and not those of another connection', async () => {
  const specialCategories = { mode: 'warn', purgeWithin: 'PT2S' };
  const hold = { scope: 'claim 7', basis: 'civil action', from: '2026-01-01', review: '2027-01-01', data: ['content'] };
  const elsewhere = await made({ specialCategories, legalHolds: [{ ...hold, connections: ['Another line'] }] });
  const since = await made({ specialCategories, legalHolds: [{ ...hold, messages: { from: '2026-01-01' } }] });
  const person = somebody();
  for (const tenant of [elsewhere, since]) await say(tenant, person, 'my HIV test, on hold');
  await until('it is answered', async () => JSON.stringify(await stored(since)).includes('echo: my HIV test, on hold'));
  await until('it is deleted', async () => !JSON.stringify(await stored(elsewhere)).includes('on hold'));
  await new Promise((resolve) => void setTimeout(resolve, 1_000));
  expect(JSON.stringify(await stored(since))).toContain('echo: my HIV test, on hold');
});

test('"recipients" is answered with those whom the data went to, "who" with the notice once more; neither reaches the bot', async () => {
  const tenant = await made();
  const person = somebody();
  await say(tenant, person, 'recipients');
  await until('nobody yet', () => textsTo(person).includes('Your messages have gone to nobody so far.'));
  await say(tenant, person, 'something for the bot');
  await answered(person, 'something for the bot');
  await say(tenant, person, 'Wer bekommt meine Daten?');
  const day = new Date().toISOString().slice(0, 10);
  await until('the list', () => textsTo(person).includes(`Your messages have gone to: bot (DE, ${day}).`));
  await say(tenant, person, 'Privacy');
  await until('the notice again', () => textsTo(person).filter((one) => one.includes('dpo@acme.example')).length === 2);
  expect(world.bot.calls.filter(({ body }) => /recipients|Daten|Privacy/.test(body.message.text ?? ''))).toEqual([]);
});

test('allowed with a condition, it goes on and nobody is told', async () => {
  const tenant = await made({
    specialCategories: { mode: 'allow' },
    purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-b', art9: 'A9-2-h', data: ['routing', 'content', 'attachments'] } },
  }); // prettier-ignore
  const person = somebody();
  await say(tenant, person, 'I have asthma');
  expect((await answered(person, 'I have asthma')).slice(1)).toEqual(['echo: I have asthma']);
});
