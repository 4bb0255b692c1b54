// An erasure that is cut off after any of its steps, and carried on by somebody else: its certificate says what that of an uncut one says; also around a legal hold.
import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { grantMandate } from '#libs/kernel';
import { createActs, type ActDeps } from '../src/acts/acts.js';
import { ERASURE, ERASURE_AROUND, eraseBy } from '../src/acts/erase.js';
import { createNotices } from '../src/acts/notices.js';
import { journalFile } from '../src/journal/file.js';
import { createJournal } from '../src/journal/journal.js';
import { createRecovery } from '../src/journal/recovery.js';
import { isolate, log, startWorld, type Business, type World } from './world.js';

let world: World;
let acme: Business;
let deps: ActDeps;
/** What the next process does at its start, before it carries anything on. */
let restarted: () => Promise<unknown>;
beforeAll(async () => {
  world = await startWorld();
  acme = await world.business();
  const { store } = world;
  const journal = createJournal({ store, file: journalFile(world.dir), days: 30, log, now: Date.now });
  deps = {
    store,
    notices: createNotices({
      store,
      call: async () => ({ kind: 'failed', reason: 'network' }),
      isolate,
      log,
      now: Date.now,
    }),
    mentions: { begin: async () => undefined },
    journal,
    backups: { keyDays: 1, dataDays: 2 },
    openForPerson: () => null,
    correct: () => null,
    settleMs: 10,
    rest: async () => undefined,
    now: Date.now,
  };
  const { recover } = createRecovery({ ...deps, store, journal, log, endAgain: async () => undefined });
  restarted = recover;
});
afterAll(() => world.stop());

const inForce = { version: 1, hash: 'h', document: { recipients: { bot: { erasure: { url: 'https://bot.example/erase' } }, mute: {} } } } as never; // prettier-ignore

/** Somebody with messages, one of them open, a file, an objection, a recipient to tell and one that cannot be told; and their request. */
async function asks() {
  const who = await acme.someone();
  const { tenantId, keys } = acme;
  for (const state of ['done', 'pending']) await acme.says(who, Date.now(), { state, file: true });
  await world.store.recordObjection(
    keys,
    { subjects: [who.subjectId], hashes: [] },
    {
      purposes: ['marketing'],
      by: { version: 1, clause: '/c' },
    },
  );
  const turn = { conversationId: who.conversationId, lease: randomUUID(), subjectId: who.subjectId };
  const given = { purpose: 'p', categories: ['content'], version: 1, clause: '/c' };
  await world.store.settleAsked(tenantId, turn, [{ ...given, recipient: 'bot' }, { ...given, recipient: 'mute' }]); // prettier-ignore
  const { row } = await world.store.openRightsRequest(tenantId, {
    id: v7(), exercised: 'erasure', state: 'in-progress', source: 'chat', hashes: [], subjectIds: [who.subjectId], conversationId: null,
    reference: null, purpose: null, code: randomUUID(), version: 1, clause: '/c', receivedAt: new Date(), dueAt: new Date(), notBefore: new Date(),
  }); // prettier-ignore
  return { keys, inForce, row: { ...row, conversations: [who.conversationId] }, subjects: [who.subjectId] };
}

type Asks = Awaited<ReturnType<typeof asks>>;
const certify = async (asked: Asks) =>
  (await createActs(deps).carryOut(asked)).evidence as Record<string, unknown> & { keysDestroyedAt: string };

/** All but the times. */
const said = ({ deleted, untold, kept }: Record<string, unknown>) => ({ deleted, untold, kept });
const by = { operation: 'Erase' as const, purpose: 'p', categories: [], instruction: { version: 1, hash: 'h', clause: '/c' } }; // prettier-ignore

test.each(ERASURE.map(({ what }, n) => [what, n + 1] as const))('cut off after "%s"', async (_what, steps) => {
  const uncut = said(await certify(await asks()));
  expect(uncut).toMatchObject({ untold: ['mute'], kept: [{ count: 1 }] });
  expect(uncut['deleted']).toEqual(expect.arrayContaining([{ what: 'keys destroyed', count: 1 }, { what: 'messages', count: 2 }])); // prettier-ignore
  const asked = await asks();
  const mandate = grantMandate({ ...by, tenantId: acme.tenantId });
  await eraseBy(deps, { ...asked, mandate, holds: [] }, ERASURE.slice(0, steps));
  const cutAt = Date.now();
  await new Promise((resume) => setTimeout(resume, 50));
  await restarted();
  const certificate = await certify({ ...asked, row: { ...asked.row, attempts: 2 } });
  expect(said(certificate)).toEqual(uncut);
  const isDestroyed = ERASURE.slice(0, steps).some(({ what }) => what === 'keys destroyed');
  expect(Date.parse(certificate.keysDestroyedAt) <= cutAt).toBe(isDestroyed);
  const { rows } = await world.admin.query('SELECT recipient FROM parley.recipient_notice WHERE request_id = $1', [asked.row.id]); // prettier-ignore
  expect(rows).toEqual([{ recipient: 'bot' }]);
  await world.store.changeRightsRequest(acme.tenantId, asked.row.id, { from: ['in-progress'], state: 'completed', end: 'forget' }); // prettier-ignore
  expect(await world.store.erasureProgress(acme.tenantId, asked.row.id)).toMatchObject({ deleted: {}, untold: [] });
});

describe('around a legal hold', () => {
  /** It keeps what was written before it; after it came a message with a file. */
  async function asksWithHold() {
    const asked = await asks();
    const until = new Date(Date.now() + 1).toISOString();
    await new Promise((resume) => setTimeout(resume, 5));
    const who = { subjectId: asked.subjects[0]!, conversationId: asked.row.conversations[0]! };
    await acme.says(who, Date.now(), { file: true });
    const hold = { scope: 'claim', basis: 'A17-3-e', from: '2026-01-01' };
    return {
      asked,
      holds: [
        { hold, clause: '/legalHolds/0', categories: ['content' as const], connections: null, from: null, until },
      ],
    };
  }
  type Held = Awaited<ReturnType<typeof asksWithHold>>;
  const evidenceOf = async ({ asked, holds }: Held): Promise<object> => {
    const { deleted, untold, heldBack } = (await createActs(deps).eraseAround(asked, holds, {
      free: [],
      held: asked.subjects,
    })) as Record<string, unknown>;
    return { deleted, untold, heldBack };
  };

  test.each(ERASURE_AROUND.map(({ what }, n) => [what, n + 1] as const))('cut off after "%s"', async (_what, steps) => {
    const whole = await asksWithHold();
    const uncut = await evidenceOf(whole);
    expect(uncut).toMatchObject({ untold: ['mute'], heldBack: { messages: 2, attachments: 0 } });
    const gone = [{ what: 'messages', count: 1 }, { what: 'attachments', count: 3 }, { what: 'open messages cancelled', count: 1 }];
    expect(uncut).toMatchObject({ deleted: expect.arrayContaining(gone) });
    const cut = await asksWithHold();
    const mandate = grantMandate({ ...by, tenantId: acme.tenantId });
    await eraseBy(deps, { ...cut.asked, mandate, holds: cut.holds }, ERASURE_AROUND.slice(0, steps));
    expect(await evidenceOf(cut)).toEqual(uncut);
    // The hold has ended, and the controller approves: the certificate counts what went before as well.
    const [certificate, other] = [await certify(cut.asked), await certify(whole.asked)];
    expect(said(certificate)).toEqual(said(other));
    expect(certificate['deleted']).toEqual(expect.arrayContaining([{ what: 'messages', count: 3 }, { what: 'attachments', count: 3 }, { what: 'keys destroyed', count: 1 }]));
  }); // prettier-ignore

  test('what was in flight goes as well, and what the person writes after that stays', async () => {
    const { asked, holds } = await asksWithHold();
    const who = { subjectId: asked.subjects[0]!, conversationId: asked.row.conversations[0]! };
    const made = Date.now();
    const after: string[] = [];
    const rest = async (): Promise<void> => {
      await acme.says(who, made, { file: true });
      after.push(await acme.says(who, Date.now() + 1_000, { state: 'restricted', file: true }));
    };
    const parts = { free: [], held: asked.subjects };
    const evidence = await createActs({ ...deps, rest }).eraseAround(asked, holds, parts);
    const gone = [{ what: 'messages', count: 2 }, { what: 'attachments', count: 4 }]; // prettier-ignore
    expect(evidence).toMatchObject({ deleted: expect.arrayContaining(gone), heldBack: { messages: 2 } });
    const { rows } = await world.admin.query<{ id: string; files: number }>(
      `SELECT m.id, (SELECT count(*)::int FROM parley.attachment a WHERE a.message_id = m.id) AS files FROM parley.message m
       WHERE conversation_id = $1 ORDER BY m.id DESC`,
      [who.conversationId],
    );
    expect([rows.length, rows[0]]).toEqual([3, { id: after[0], files: 1 }]);
  });
});
