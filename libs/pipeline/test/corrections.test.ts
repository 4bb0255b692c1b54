// What was put right, on a real database: with joined persons, under a stricter version, and when what it stands beside is due.
import { randomUUID } from 'node:crypto';
import { CHANNELS } from '#libs/channels';
import { rightsMandate } from '#libs/instructions';
import { personal } from '#libs/kernel';
import { whatsAppText } from '../../../test/support/webhooks.js';
import { correctBody, correctionsUnder, withoutIdentifier } from '../src/index.js';
import type { Change } from './line.js';
import { startLineToMeta, startNumber } from './number.js';

const { line } = await startLineToMeta();
const told: (string | undefined)[] = [];
beforeEach(() => {
  told.length = 0;
  line.bot.answer(({ body }) => {
    told.push((body as unknown as { identifiers?: Record<string, string> }).identifiers?.['profile_name']);
    return { body: { messages: [] } };
  });
});

const CHANNEL = 'whatsapp-cloud';
const [OLD, NEW] = ['DE.1000000000000001', 'DE.1000000000000009'];
const PHONE = '4915550000001';

const naming =
  (profile_name: unknown): Change =>
  (d) => {
    const { recipients } = d as unknown as { recipients: { bot: object } };
    Object.assign(d, {
      purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content', 'profile'] } },
      channels: { [CHANNEL]: { identifiers: { user_id: 'keep', wa_id: 'keep', profile_name } } },
      recipients: { bot: { ...recipients.bot, data: ['content', 'profile'], identifiers: ['profile_name'] } },
    });
  };

async function business(ruling: unknown = 'keep', change = naming(ruling)) {
  const t = await line.tenant(change);
  const number = await startNumber(line, t);
  const says = async (text: string, name = 'Wrnog', user = OLD): Promise<void> => {
    await number.posts({ phone: PHONE, user, name }, whatsAppText(text));
    await line.work();
  };
  const subjects = async (): Promise<string[]> =>
    (await t.query<{ id: string }>('SELECT id FROM parley.subject WHERE tenant_id = $1 ORDER BY created_at')).map(({ id }) => id); // prettier-ignore
  const corrections = (): Promise<Record<string, unknown>[]> =>
    t.query('SELECT * FROM parley.correction WHERE tenant_id = $1 ORDER BY at, id');

  /** As an approved request does it. */
  async function rectify(value: string, statement: string | null = null): Promise<void> {
    const { instructions } = (await line.tenants.tenant(t.id))!;
    const values = correctionsUnder([{ channel: CHANNEL, kind: 'profile_name', value }], { instructions, adapters: CHANNELS, keys: t.keys }); // prettier-ignore
    const id = randomUUID();
    const at = new Date();
    await line.store.openRightsRequest(t.id, {
      id, exercised: 'rectification', state: 'awaiting-approval', source: 'api', hashes: [], subjectIds: await subjects(), conversationId: null,
      reference: null, purpose: null, code: id, version: 1, clause: '/c', receivedAt: at, dueAt: at, notBefore: at,
    }); // prettier-ignore
    const mandate = rightsMandate(t.id, null, 'rectification');
    const [first] = await t.rows();
    const supplements = statement === null ? [] : [{ messageId: first!.id, text: personal(statement) }];
    await line.store.changeRightsRequest(t.id, id, { from: ['awaiting-approval'], state: 'in-progress', rectification: { mandate, keys: t.keys, values, supplements } }); // prettier-ignore
    const after = '00000000-0000-0000-0000-000000000000';
    await line.store.correctHeld(t.keys, { requestId: id, after }, correctBody);
    await line.store.settleCorrections(t.id, id);
    await line.store.changeRightsRequest(t.id, id, { from: ['in-progress'], state: 'completed', end: 'keep' });
  }
  const names = async (): Promise<unknown[]> => (await t.held()).map((body) => body?.identifiers['profile_name']);
  return { t, number, says, subjects, corrections, rectify, names };
}

it('is kept in the form in which the kind may be held, and put right in that form', async () => {
  const b = await business('pseudonymise');
  await b.says('one');
  await b.rectify('Right');
  await b.says('two');
  await b.says('three', 'Right');
  const [one, two, three] = await b.names();
  expect([one, two]).toEqual([three, three]);
  expect(new Set(told).size).toBe(2); // the first was told before
});

it('what a person is called next is believed; what was wrong once stays wrong', async () => {
  const b = await business();
  await b.says('one');
  await b.rectify('Right');
  await b.says('two');
  await b.says('three', 'Newly');
  await b.says('four');
  expect(told).toEqual(['Wrnog', 'Right', 'Newly', 'Right']);
  expect(await b.names()).toEqual(['Right', 'Right', 'Newly', 'Right']);
  await b.rectify('Righter');
  await b.says('five', 'Right');
  await b.says('six');
  expect(told.slice(4)).toEqual(['Righter', 'Righter']);
});

it('a message that does not bring the value is told with what is right', async () => {
  const b = await business();
  await b.says('one');
  await b.rectify('Right');
  const [before] = await b.t.query<{ id: string }>('SELECT id FROM parley.conversation WHERE tenant_id = $1');
  const body = { phone: PHONE, user: OLD };
  await b.number.posts({ ...body, name: '' }, whatsAppText('two'));
  await line.work();
  expect(before).toBeDefined();
  expect(told[1]).toBe('Right');
});

it('stands for the person as whom somebody goes on', async () => {
  const b = await business();
  await b.says('one');
  await b.rectify('Right');
  await b.number.postsUnnumbered(NEW, whatsAppText('under the new id'));
  await line.work();
  await b.number.changes(OLD, NEW);
  expect(await b.subjects()).toHaveLength(2);
  expect(new Set((await b.corrections()).map((row) => row['subject_id']))).toEqual(new Set(await b.subjects()));
  told.length = 0;
  await b.says('and again', 'Wrnog', NEW);
  expect(told).toEqual(['Right']);
});

it('goes where a stricter version does not let that much be held', async () => {
  const b = await business();
  await b.says('one');
  await b.rectify('Right', 'so it was');
  const version = await b.t.approve(naming('drop'));
  await line.applied(b.t.id, version);
  expect((await b.corrections()).map((row) => row['kind'])).toEqual([null]);
  expect(await b.names()).toEqual([undefined]);
});

/** The name is kept on consent alone. */
const onConsent: Change = (d) => {
  naming('keep')(d);
  Object.assign(d, {
    purposes: {
      support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content'] },
      news: { dpv: 'DirectMarketing', basis: 'A6-1-a', consent: 'ask', data: ['routing', 'content', 'profile'] },
    },
    texts: { ask: { version: '1', en: 'May we?', accept: { en: ['yes'] }, refuse: { en: ['no'] } } },
  });
};

it('goes where the consent ends on which the kind was kept', async () => {
  const b = await business('keep', onConsent);
  for (const text of ['one', 'yes', 'two']) await b.says(text);
  await b.rectify('Right', 'so it was');
  expect(await b.names()).toContain('Right');
  await b.says('STOP');
  await line.ended(b.t.id);
  expect((await b.corrections()).map((row) => row['kind'])).toEqual([null]);
  expect(new Set(await b.names())).toEqual(new Set([undefined]));
});

it('a statement goes with the content of its message, a value with the last content beside which it could stand', async () => {
  const b = await business();
  await b.says('one');
  await b.says('two');
  await b.rectify('Right', 'so it was');
  const [first] = await b.t.rows();
  await line.store.sweepCorrections(b.t.id);
  expect(await b.corrections()).toHaveLength(2);
  await line.admin.query('UPDATE parley.message SET body = NULL WHERE tenant_id = $1 AND id = $2', [b.t.id, first!.id]);
  await line.store.sweepCorrections(b.t.id);
  expect((await b.corrections()).map((row) => row['kind'])).toEqual(['profile_name']);
  await line.admin.query('UPDATE parley.message SET body = NULL WHERE tenant_id = $1', [b.t.id]);
  await line.store.sweepCorrections(b.t.id);
  expect(await b.corrections()).toEqual([]);
});

it('goes with its kind, where that has a period of its own, once nothing has come since', async () => {
  const b = await business();
  await b.says('one');
  await b.rectify('Right');
  const sweep = async (cutoff: number): Promise<number> => {
    const due = { tenantId: b.t.id, rule: randomUUID(), start: 'ingest', cutoff: new Date(cutoff), under: [1], channel: CHANNEL, key: 'profile_name' } as const; // prettier-ignore
    await line.store.sweepIdentifier(due, b.t.keys, withoutIdentifier);
    return (await b.corrections()).length;
  };
  expect(await sweep(Date.now() - 60_000)).toBe(1);
  expect(await sweep(Date.now() + 1_000)).toBe(0);
});
