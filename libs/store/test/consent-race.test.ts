// Withdrawal against an answer on its way, on a real PostgreSQL: each is either sent before or not sent at all (Art. 7(3)).
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { v7 } from 'uuid';
import { grantMandate, personal } from '#libs/kernel';
import { blindIndex } from '#libs/vault';
import { openStore, type ConsentEventRow, type OutboundRow, type Store } from '../src/index.js';
import { startTestDatabase, type TestDatabase } from './database.js';

let database: TestDatabase;
let store: Store;
let client: pg.Client;

beforeAll(async () => {
  database = await startTestDatabase();
  store = openStore({ databaseUrl: database.url, masterKey: randomBytes(32), poolSize: 8, onError: () => undefined });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await store.close();
  await database.stop();
});

async function tenant() {
  const { id } = (await store.createTenant(`t${randomUUID().slice(0, 8)}`, 'Acme'))!;
  const keys = (await store.tenantKeys(id))!;
  const made = {
    channel: 'messenger',
    name: 'Page',
    account: null,
    settings: {},
    secrets: {},
    health: 'healthy',
    reason: null,
  };
  const connection = await store.createConnection(id, made, keys);
  const mandate = grantMandate({
    tenantId: id, operation: 'Store', purpose: 'news', categories: ['routing'], instruction: { version: 1, hash: 'h', clause: '/c' },
  }); // prettier-ignore

  /** A person whose conversation is held, with consent on record. */
  async function person() {
    const value = randomUUID();
    const { conversationId, subjectId } = await store.resolveContact(mandate, keys, {
      connectionId: connection.id, thread: '', locale: null,
      handles: [{ hash: blindIndex(keys, 'messenger|psid', value), kind: 'psid', value: personal(value), clause: '/c' }],
    }); // prettier-ignore
    const event = (state: ConsentEventRow['state'], purpose = 'news'): ConsentEventRow => ({
      id: v7(), purpose, state, textId: 'news', textVersion: '1', textHash: 'h', scope: 's', language: 'en', channel: 'messenger',
      messageId: null, version: 1, clause: '/c',
    }); // prettier-ignore
    const lease = randomUUID();
    await store.takeTurn(id, conversationId, lease);
    const settle = async (change: { events?: ConsentEventRow[]; replies?: OutboundRow[] }): Promise<void> => {
      const messageId = v7();
      const ended = await store.settleInbound(id, { conversationId, lease, subjectId }, {
        messageId, state: 'done', disclosed: [], at: new Date(), leaf: null, replies: change.replies ?? [],
        ...(change.events ? { consent: { events: change.events } } : {}),
      }); // prettier-ignore
      expect(ended).toBe('queued');
    };
    const reply = (underConsent: string | null): OutboundRow => ({
      id: v7(), type: 'text', body: randomBytes(4), replyTo: null, version: 1, clause: '/c', purposes: underConsent === null ? [] : [underConsent], underConsent: underConsent === null ? [] : [underConsent],
    }); // prettier-ignore
    const states = async (rows: readonly OutboundRow[]): Promise<string[]> => {
      const found = await client.query('SELECT state FROM parley.message WHERE id = ANY ($1) ORDER BY id', [
        rows.map((row) => row.id),
      ]);
      return found.rows.map((row: { state: string }) => row.state);
    };
    return { conversationId, subjectId, event, settle, reply, states };
  }

  return { id, person };
}

it('what is queued when consent is withdrawn is not sent; what needs no consent is', async () => {
  const t = await tenant();
  const p = await t.person();
  await p.settle({ events: [p.event('given'), p.event('given', 'other')] });
  const rows = [p.reply('news'), p.reply(null), p.reply('other')];
  await p.settle({ replies: rows });
  await p.settle({ events: [p.event('withdrawn')] });
  expect(await p.states(rows)).toEqual(['cancelled', 'queued', 'queued']);
  expect(await Promise.all(rows.map((row) => store.markSending(t.id, row.id, p)))).toEqual(['no', 'yes', 'yes']);
});

it('what a bot writes after a withdrawal, or before any consent, is not sent', async () => {
  const t = await tenant();
  const p = await t.person();
  const early = p.reply('news');
  await p.settle({ replies: [early] });
  expect(await store.markSending(t.id, early.id, p)).toBe('no');
  await p.settle({ events: [p.event('given'), p.event('withdrawn')] });
  const late = p.reply('news');
  await store.queueOutbound(t.id, p.conversationId, late);
  expect(await store.markSending(t.id, late.id, p)).toBe('no');
  expect(await p.states([early, late])).toEqual(['cancelled', 'cancelled']);
  await p.settle({ events: [p.event('renewed')] });
  const again = p.reply('news');
  await p.settle({ replies: [again] });
  expect(await store.markSending(t.id, again.id, p)).toBe('yes');
});

it('a client that fetches for itself is not shown what was cancelled', async () => {
  const t = await tenant();
  const p = await t.person();
  await p.settle({ events: [p.event('given')] });
  const row = p.reply('news');
  await p.settle({ replies: [row] });
  await store.withdrawConsents(t.id, [p.subjectId]);
  await store.settleSent(t.id, {
    messageId: row.id, conversationId: p.conversationId, connectionId: randomUUID(), hashes: [], state: 'sent', code: null, fed: true, release: null,
  }); // prettier-ignore
  const found = await client.query('SELECT state, feed FROM parley.message WHERE id = $1', [row.id]);
  expect(found.rows).toEqual([{ state: 'cancelled', feed: null }]);
});

it('races: whichever order the two end in, the record and the sending agree', async () => {
  const t = await tenant();
  const seen = { sent: 0, cancelled: 0 };
  /** How long the last withdrawal took, in ms: what is asked at once, or up to twice as long after, comes before and after another. */
  let took = 10;
  for (let n = 0; n < 120; n += 1) {
    const p = await t.person();
    await p.settle({ events: [p.event('given')] });
    const row = p.reply('news');
    await p.settle({ replies: [row] });
    const byChat = n % 2 === 0;
    const withdraw = async (): Promise<void> => {
      const began = performance.now();
      await (byChat ? p.settle({ events: [p.event('withdrawn')] }) : store.withdrawConsents(t.id, [p.subjectId]));
      took = performance.now() - began;
    };
    const [may] = await Promise.all([
      sleep((n % 4) * took * (2 / 3) + randomInt(3))
        .then(() => store.markSending(t.id, row.id, p))
        .then((said) => said === 'yes'),
      sleep(randomInt(3)).then(withdraw),
    ]);
    // Nothing is left queued, and nothing that was cancelled may be sent.
    expect(await p.states([row])).toEqual([may ? 'sending' : 'cancelled']);
    expect((await store.consentsOf(t.id, p.subjectId)).map(({ state }) => state)).toEqual(['withdrawn']);
    seen[may ? 'sent' : 'cancelled'] += 1;
    expect(await store.markSending(t.id, row.id, p)).toBe('no');
  }
  expect(seen.sent).toBeGreaterThan(0);
  expect(seen.cancelled).toBeGreaterThan(0);
});
