// Rectification from outside (Art. 16): what the controller puts right stands in what is held, for the bot, and against what the platform says again.
import { Ajv2020 } from 'ajv/dist/2020.js';
import pg from 'pg';
import { databaseUrl } from '#libs/platform';
import { acme, instructions, took, type Acme } from '../support/acme.js';
import { echo, says, startBot, type Bot } from '../support/bot.js';
import { until } from '../support/until.js';
import { postSigned, whatsApp, whatsAppText, type WhatsAppPerson } from '../support/webhooks.js';
import { startWorld, type World } from '../support/world.js';

const CHANNEL = 'whatsapp-cloud';
let world: World;
let tenant: Acme;
let look: pg.Client;
/** Where the bot is told of rights. */
let ear: Bot;

const document = () => {
  const base = instructions(world.bot.url) as Record<string, Record<string, Record<string, object>>>;
  return {
    ...base,
    purposes: {
      support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content', 'attachments', 'profile'] },
    },
    retention: ['content', 'routing', 'attachments', 'profile'].map((data) => ({ data, period: 'P30D' })),
    channels: {
      ...base['channels'],
      [CHANNEL]: { identifiers: { user_id: 'keep', wa_id: 'keep', profile_name: 'keep', username: 'pass' } },
    },
    recipients: {
      bot: {
        ...base['recipients']!['bot'],
        data: ['content', 'attachments', 'profile'],
        identifiers: ['profile_name', 'wa_id', 'username'],
        erasure: { url: ear.url },
      },
    },
  };
};

beforeAll(async () => {
  world = await startWorld();
  ear = await startBot();
  ear.answer(() => ({}));
  tenant = await acme(world.gateway, document());
  look = new pg.Client({
    connectionString: await databaseUrl({ databaseUrl: null, dataDir: world.gateway.dataDir }),
  });
  await look.connect();
});
afterAll(async () => {
  await look?.end();
  await ear?.close();
  await world?.end();
});

let people = 0;
function somebody(name: string) {
  const n = ++people;
  let from: WhatsAppPerson = { phone: `49155500081${n}`, user: `DE.81${n}`, name };
  /** What the bot was told with it. */
  async function says(text: string): Promise<Record<string, string>> {
    await postSigned(tenant.whatsApp, whatsApp(tenant.phoneNumberId, from, [whatsAppText(text)]), tenant);
    await until('the bot heard it', () => world.bot.heard(text)[0]);
    return (world.bot.heard(text)[0]!.body as unknown as { identifiers?: Record<string, string> }).identifiers ?? {};
  }
  const subject = { channel: CHANNEL, kind: 'user_id', value: from.user };
  return {
    says,
    subject,
    byNumber: { channel: CHANNEL, kind: 'wa_id', value: from.phone },
    phone: from.phone,
    isCalled: (next: string) => void (from = { ...from, name: next }),
  };
}

const asked = async (right: string, subject: object): Promise<string> =>
  String(took(await tenant.call('POST', '/requests', { right, subject }), right)['id']);
const detail = async (id: string) => took(await tenant.call('GET', `/requests/${id}`), 'the request');
async function completed(id: string) {
  await until('it is completed', async () => (await detail(id))['state'] === 'completed');
  return detail(id);
}

interface Copy {
  readonly person: { readonly corrections: object[]; readonly statements: object[]; readonly identifiers: object[] };
  readonly conversations: readonly {
    readonly messages: readonly {
      readonly id: string;
      readonly direction: string;
      readonly content: { readonly content?: { readonly text?: string }; readonly identifiers?: object };
      readonly statements: object[];
    }[];
  }[];
}
async function copyOf(subject: object): Promise<{ id: string; file: object; copy: Copy }> {
  const id = await asked('access', subject);
  await completed(id);
  const file = took(await tenant.call('GET', `/requests/${id}/result`), 'the copy');
  return { id, file, copy: (file['copies'] as Copy[])[0]! };
}
const received = ({ conversations }: Copy) =>
  conversations.flatMap(({ messages }) => messages.filter((one) => one.direction === 'in'));

async function rectified(subject: object, what: object) {
  const id = await asked('rectification', subject);
  const answer = await tenant.call('POST', `/requests/${id}/corrections`, what);
  return { id, answer };
}
const named = (value: string, more: object = {}) => ({ corrections: [{ channel: CHANNEL, kind: 'profile_name', value }], ...more }); // prettier-ignore

it('puts a value right in what is held, for the bot, and against the platform, until that says something new', async () => {
  const anna = somebody('Ana Exmaple');
  expect((await anna.says('my name is spelt wrong')).profile_name).toBe('Ana Exmaple');
  const { id, answer } = await rectified(anna.subject, named('Anna Example'));
  expect(answer.status).toBe(200);
  const done = await completed(id);
  expect(done['evidence']).toMatchObject({ corrected: true, values: [`${CHANNEL}/profile_name`], statements: 0, messages: 1 }); // prettier-ignore
  expect(JSON.stringify(done)).not.toContain('Anna');

  // The platform goes on saying what is wrong; what is held does not.
  expect((await anna.says('again')).profile_name).toBe('Anna Example');
  const { file, copy } = await copyOf(anna.subject);
  const fits = new Ajv2020({ strict: false, formats: { 'date-time': true } }).compile(
    took(await world.gateway.call('GET', '/schemas/parley-access-1.json'), 'the schema'),
  );
  expect([fits(file), fits.errors]).toEqual([true, null]);
  expect(copy.person.corrections).toMatchObject([{ channel: CHANNEL, kind: 'profile_name', value: 'Anna Example' }]);
  expect(received(copy).map(({ content }) => content.identifiers)).toEqual([
    { profile_name: 'Anna Example' },
    { profile_name: 'Anna Example' },
  ]);
  expect(JSON.stringify(copy)).not.toContain('Exmaple');

  // Told to whoever was given it (Art. 19): which kinds, no values.
  await until('the bot was told', () => ear.calls.some(({ raw }) => raw.includes(id)));
  const told = ear.calls.find(({ raw }) => raw.includes(id))!;
  expect(JSON.parse(told.raw)).toMatchObject({ event: 'rectify', kinds: ['profile_name'] });
  expect(told.raw).not.toContain('Anna');

  // Somebody who changes their name on the platform is believed.
  anna.isCalled('Anna Married');
  expect((await anna.says('I have married')).profile_name).toBe('Anna Married');
  const leaves = (await tenant.call('GET', '/ledger?limit=500')).text;
  expect(leaves).toContain('"rectified"');
  expect(leaves).not.toMatch(/Anna|Exmaple/);
});

it('is not undone by a turn that began before', async () => {
  const hal = somebody('Hal');
  let answer: () => void = () => undefined;
  world.bot.answer(() => new Promise((resume) => void (answer = () => resume(says('at last')))));
  const from = { phone: hal.phone, user: hal.subject.value, name: 'Hal' };
  const body = whatsApp(tenant.phoneNumberId, from, [whatsAppText('slow one')]) as { entry: { changes: { value: { contacts: { profile: object }[] } }[] }[] }; // prettier-ignore
  // Only passed on: so that the turn writes the row once more when it ends.
  Object.assign(body.entry[0]!.changes[0]!.value.contacts[0]!.profile, { username: '@hal' });
  await postSigned(tenant.whatsApp, body, tenant);
  await until('the bot heard it', () => world.bot.heard('slow one')[0]);
  const { id } = await rectified(hal.subject, named('Harold'));
  await new Promise((resume) => setTimeout(resume, 500));
  expect((await detail(id))['state']).toBe('in-progress');
  answer();
  world.bot.answer(echo);
  await completed(id);
  const { copy } = await copyOf(hal.subject);
  expect(received(copy).map(({ content }) => content.identifiers)).toEqual([{ profile_name: 'Harold' }]);
});

it('completes what is held by statements, beside the words that a person wrote', async () => {
  const ben = somebody('Ben');
  await ben.says('I ordered two');
  const before = await copyOf(ben.subject);
  const [message] = received(before.copy);
  const what = { statements: [{ message: message!.id, text: 'It was three, <b>not two</b>.' }, { text: 'I moved to Ulm.' }] }; // prettier-ignore
  // Nobody's words are completed by somebody else's request.
  const other = somebody('Otto');
  await other.says('otto here');
  expect((await rectified(other.subject, what)).answer.json['errors']).toMatchObject([
    { path: '/statements/0/message' },
  ]);
  const { id } = await rectified(ben.subject, what);
  expect((await completed(id))['evidence']).toMatchObject({ values: [], statements: 2, messages: 0 });
  const after = await copyOf(ben.subject);
  expect(received(after.copy)).toMatchObject([
    { id: message!.id, content: { content: { text: 'I ordered two' } }, statements: [{ text: 'It was three, <b>not two</b>.' }] },
  ]); // prettier-ignore
  expect(after.copy.person.statements).toMatchObject([{ text: 'I moved to Ulm.' }]);
  const page = await tenant.call('GET', `/requests/${after.id}/result`, undefined, {
    headers: { accept: 'text/html' },
  });
  expect(page.text).toContain('It was three, &lt;b&gt;not two&lt;/b&gt;.');
  expect(page.text).toContain('I moved to Ulm.');
  const portable = await asked('portability', ben.subject);
  await completed(portable);
  expect((await tenant.call('GET', `/requests/${portable}/result`)).text).toContain('It was three');
  // Sealed: the words are in no row.
  const { rows } = await look.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM parley.correction k WHERE position('Ulm'::bytea IN k.value) > 0 OR k::text ILIKE '%Ulm%'`,
  );
  expect(rows[0]!.n).toBe(0);
});

it('moves a number by which a person is reached, but to nobody else', async () => {
  const [carl, dora] = [somebody('Carl'), somebody('Dora')];
  await carl.says('carl here');
  await dora.says('dora here');
  const number = (value: string) => ({ corrections: [{ channel: CHANNEL, kind: 'wa_id', value }] });
  const taken = await rectified(carl.byNumber, number(dora.phone));
  expect([taken.answer.status, taken.answer.json['type']]).toEqual([409, '/problems/conflict']);
  expect(taken.answer.text).not.toContain(dora.phone);
  expect((await detail(taken.id))['state']).toBe('awaiting-approval');
  expect((await tenant.call('POST', `/requests/${taken.id}/corrections`, number('+49 155 5000 999'))).status).toBe(200);
  await completed(taken.id);
  const { copy } = await copyOf({ channel: CHANNEL, kind: 'wa_id', value: '491555000999' });
  expect(copy.person.identifiers).toContainEqual(expect.objectContaining({ kind: 'wa_id', value: '491555000999' }));
  expect(JSON.stringify(copy)).not.toContain(carl.phone);
  const byOld = await asked('access', carl.byNumber);
  await completed(byOld);
  expect(took(await tenant.call('GET', `/requests/${byOld}/result`), 'nothing')['copies']).toEqual([]);
});

it.each([
  ['a kind that is not instructed', { corrections: [{ channel: CHANNEL, kind: 'username', value: 'zoe' }] }, 403, 'not-instructed'],
  ['an id that the platform made up', { corrections: [{ channel: CHANNEL, kind: 'user_id', value: 'DE.1' }] }, 400, 'invalid-input'],
  ['a kind that there is not', { corrections: [{ channel: CHANNEL, kind: 'shoe_size', value: '42' }] }, 400, 'invalid-input'],
  ['the same kind twice', { corrections: [...named('a').corrections, ...named('b').corrections] }, 400, 'invalid-input'],
  ['no number', { corrections: [{ channel: CHANNEL, kind: 'wa_id', value: 'none' }] }, 400, 'invalid-input'],
  ['two lines of a name', named('a\nb'), 400, 'invalid-input'],
  ['a message of somebody else', { statements: [{ message: '01890000-0000-7000-8000-000000000000', text: 'x' }] }, 400, 'invalid-input'],
  ['a message that is no id', { statements: [{ message: 'first', text: 'x' }] }, 400, 'invalid-input'],
  ['nothing', {}, 400, 'invalid-input'],
  ['more than is asked for', named('a', { sideways: 1 }), 400, 'invalid-input'],
])('refuses %s, and nothing of it stays', async (_what, body, status, type) => {
  const eve = somebody('Eve');
  await eve.says(`eve ${people}`);
  const { id, answer } = await rectified(eve.subject, body);
  expect([answer.status, answer.json['type']]).toEqual([status, `/problems/${type}`]);
  expect((await detail(id))['state']).toBe('awaiting-approval');
  const { rows } = await look.query('SELECT FROM parley.correction WHERE request_id = $1', [id]);
  expect(rows).toHaveLength(0);
}); // prettier-ignore

it('is decided once, and only a rectification takes corrections', async () => {
  const fay = somebody('Fay');
  await fay.says('fay here');
  const { id } = await rectified(fay.subject, named('Faye'));
  await completed(id);
  expect((await tenant.call('POST', `/requests/${id}/corrections`, named('Fey'))).status).toBe(409);
  const objection = await asked('objection', fay.subject);
  expect((await tenant.call('POST', `/requests/${objection}/corrections`, named('Fey'))).status).toBe(409);
  // Of whom nobody knows anything: answered as of others.
  const nobody = await rectified({ ...fay.subject, value: 'DE.404' }, named('Nobody'));
  expect(nobody.answer.status).toBe(200);
  await completed(nobody.id);
});

it('goes with the person', async () => {
  const gus = somebody('Gus');
  await gus.says('gus here');
  const { copy } = await copyOf(gus.subject);
  const { id } = await rectified(gus.subject, named('Gustav', { statements: [{ message: received(copy)[0]!.id, text: 'so it was' }] })); // prettier-ignore
  await completed(id);
  const left = async () => (await look.query('SELECT FROM parley.correction WHERE request_id = $1', [id])).rowCount;
  expect(await left()).toBe(2);
  const erased = await completed(await asked('erasure', gus.subject));
  expect(JSON.stringify(erased['certificate'])).toContain('{"what":"corrections and statements","count":2}');
  expect(await left()).toBe(0);
});
