// What a person is told about a right reaches them even while their data is restricted; nothing else does.
import { until } from '../../../test/support/until.js';
import { createLater, createSay } from '../src/index.js';
import { startLine, type Line } from './line.js';

let line: Line;
beforeAll(async () => {
  line = await startLine();
});
afterAll(() => line.stop());

test('a restricted person hears of their request, and gets no answer beside', async () => {
  const t = await line.tenant();
  const anna = t.visitor();
  await anna.says({ text: 'hello', locale: 'fr-FR' });
  await line.work();
  const [{ subject_id: subject } = { subject_id: '' }] = await t.rows();
  const deps = { store: line.store, tenants: line.tenants, wake: () => undefined };
  const offer = () => createLater(deps)(t.id, { conversationId: anna.conversationId, recipient: null }, [{ type: 'text', text: 'an offer' }]); // prettier-ignore
  await offer();
  await line.store.restrictSubjects(t.id, [subject], { restricted: true, resume: false });
  // Whoever writes now is told; what was queued before fails.
  await expect(offer()).rejects.toMatchObject({ type: 'restricted', status: 409 });
  expect(await createSay(deps)(t.id, anna.conversationId, () => 'about your request')).toBe(true);
  await anna.says({ text: 'are you there?' });
  await line.work();
  const out = await t.query<{ type: string; state: string; code: string | null }>("SELECT type, state, code FROM parley.message WHERE tenant_id = $1 AND direction = 'out' ORDER BY id DESC LIMIT 2"); // prettier-ignore
  expect(out).toEqual([
    { type: 'about-rights', state: 'sent', code: null },
    { type: 'text', state: 'failed', code: 'restricted' },
  ]);
  expect((await t.query("SELECT FROM parley.message WHERE tenant_id = $1 AND state = 'restricted'")).length).toBe(1);
  await line.store.restrictSubjects(t.id, [subject], { restricted: false, resume: false });
  expect(await offer()).toHaveLength(1);
});

test('whoever is restricted while the bot looks for an answer is not given it; once that is lifted, the bot is asked again', async () => {
  const t = await line.tenant();
  const anna = t.visitor();
  const outgoing = () => t.query("SELECT FROM parley.message WHERE tenant_id = $1 AND direction = 'out'");
  await anna.says({ text: 'hello' });
  await line.work();
  const [{ subject_id: subject } = { subject_id: '' }] = await t.rows();
  const before = (await outgoing()).length;
  const restrict = () => line.store.restrictSubjects(t.id, [subject], { restricted: true, resume: false });
  let restricted: Promise<unknown> | undefined;
  line.bot.answer(() => ({
    after: (restricted ??= restrict()),
    body: { messages: [{ type: 'text', text: 'here I am' }] },
  }));
  await anna.says({ text: 'are you there?' });
  await line.workOn(t.id);
  await line.workOn(t.id);
  expect((await outgoing()).length).toBe(before);
  expect((await t.rows()).map(({ state }) => state)).toContain('restricted');
  const disclosed = () => t.query<{ count: number }>('SELECT count::int FROM parley.disclosure WHERE tenant_id = $1');
  expect(await disclosed()).toEqual([{ count: 2 }]);
  await line.store.restrictSubjects(t.id, [subject], { restricted: false, resume: true });
  await line.workOn(t.id);
  expect((await outgoing()).length).toBe(before + 1);
  expect(await disclosed()).toEqual([{ count: 3 }]);
});

describe('of several answers, the first of which a visitor has seen', () => {
  async function answered(then: (t: Awaited<ReturnType<Line['tenant']>>, subject: string) => Promise<unknown>) {
    const t = await line.tenant();
    const anna = t.visitor();
    await anna.says({ text: 'hello' });
    await line.work();
    const [{ subject_id: subject } = { subject_id: '' }] = await t.rows();
    line.bot.answer(() => ({ body: { messages: ['one', 'two', 'three'].map((text) => ({ type: 'text', text })) } }));
    line.shown.after = async () => {
      line.shown.after = async () => undefined;
      await then(t, subject);
    };
    await anna.says({ text: 'a question' });
    await line.work();
    return () => t.query<{ state: string; seen: boolean }>("SELECT state, feed IS NOT NULL AS seen FROM parley.message WHERE tenant_id = $1 AND direction = 'out' ORDER BY id DESC LIMIT 3"); // prettier-ignore
  }
  afterEach(() => void (line.shown.after = async () => undefined));
  const unseen = (state: string) => ({ state, seen: false });
  const SEEN = { state: 'sent', seen: true };

  test('none more is shown to whoever is restricted then', async () => {
    const answers = await answered((t, subject) => line.store.restrictSubjects(t.id, [subject], { restricted: true, resume: false })); // prettier-ignore
    expect(await answers()).toEqual([unseen('failed'), unseen('failed'), SEEN]);
  });

  test('all are shown where nothing comes between', async () => {
    const answers = await answered(async () => undefined);
    expect(await answers()).toEqual([SEEN, SEEN, SEEN]);
  });

  test('one that a worker was about to show when it died is shown at once', async () => {
    const answers = await answered(async (t) => {
      await t.query("UPDATE parley.message SET state = 'sending', rank = 1, attempts = 1 WHERE tenant_id = $1 AND state = 'queued'"); // prettier-ignore
      throw new Error('died');
    });
    expect(await answers()).toEqual([unseen('sending'), unseen('sending'), SEEN]);
    line.clock.ahead = 0;
    await until('all are shown', async () => {
      const tenantOfLine = await line.admin.query<{ tenant_id: string }>("SELECT DISTINCT tenant_id FROM parley.message WHERE state IN ('sending', 'queued')"); // prettier-ignore
      for (const { tenant_id } of tenantOfLine.rows) {
        await line.workOn(tenant_id);
        // What broke off is taken up again a second later. A platform would have been given five to tell what became of it.
        const rests = "SELECT not_before, ours_from FROM parley.conversation WHERE tenant_id = $1 AND greatest(not_before, ours_from) > now() + interval '3 s'"; // prettier-ignore
        expect((await line.admin.query(rests, [tenant_id])).rows).toEqual([]);
      }
      return (await answers()).every(({ seen }) => seen);
    });
  });
});

test('what answers a right goes out also when its person is restricted before it does', async () => {
  const t = await line.tenant();
  const anna = t.visitor();
  await anna.says({ text: 'hello' });
  await line.work();
  await anna.says({ text: 'delete my data' });
  await line.work();
  expect(line.exercised).toEqual(['erasure']);
  const [out] = await t.query<{ type: string; state: string }>("SELECT type, state FROM parley.message WHERE tenant_id = $1 AND direction = 'out' ORDER BY id DESC LIMIT 1"); // prettier-ignore
  expect(out).toEqual({ type: 'about-rights', state: 'sent' });
});

test('nobody is told anything where the person is gone or the account was removed', async () => {
  const t = await line.tenant();
  const anna = t.visitor();
  await anna.says({ text: 'hello' });
  await line.work();
  const say = createSay({ store: line.store, tenants: line.tenants, wake: () => undefined });
  await line.store.removeConnection(t.id, t.connectionId);
  expect(await say(t.id, anna.conversationId, () => 'x')).toBe(false);
  expect(await say(t.id, '00000000-0000-4000-8000-000000000000', () => 'x')).toBe(false);
});
