// One tenant's failure in a round of notices, of searches for mentions, of retention: the others go on, and that one is tried again.
import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import type { InForce } from '#libs/instructions';
import type { HttpRequest } from '#libs/kernel';
import { createIsolate, createMetrics } from '#libs/platform';
import { contextOf, openSubjectKey, seal } from '#libs/vault';
import { collectingLogger } from '../../platform/test/collecting-logger.js';
import { createNotices } from '../src/acts/notices.js';
import { createMentions } from '../src/mentions/search.js';
import { createSweeper } from '../src/retention/sweeper.js';
import { createCounter } from '../src/statistics/counter.js';
import { startWorld, type Business, type Met, type World } from './world.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let world: World;
beforeAll(async () => void (world = await startWorld()));
afterAll(() => world.stop());

const rows = async <R extends object>(text: string, values: readonly unknown[]): Promise<R[]> =>
  (await world.admin.query<R>(text, [...values])).rows;
const breakKey = ({ tenantId }: Business) =>
  rows("UPDATE parley.tenant_key SET wrapped = wrapped || '\\x00' WHERE tenant_id = $1", [tenantId]);
const mendKey = ({ tenantId }: Business) =>
  rows("UPDATE parley.tenant_key SET wrapped = substr(wrapped, 1, length(wrapped) - 1) WHERE tenant_id = $1", [tenantId]); // prettier-ignore

function parts() {
  const { log, lines } = collectingLogger();
  const metrics = createMetrics();
  return { store: world.store, isolate: createIsolate({ log, metrics }), log, lines, metrics };
}

async function asked({ tenantId }: Business): Promise<string> {
  const id = v7();
  await world.store.openRightsRequest(tenantId, {
    id, exercised: 'erasure', state: 'in-progress', source: 'api', hashes: [], subjectIds: [], conversationId: null, reference: null,
    purpose: null, code: randomUUID(), version: 1, clause: '/c', receivedAt: new Date(), dueAt: new Date(Date.now() + DAY), notBefore: new Date(Date.now() + DAY),
  }); // prettier-ignore
  return id;
}

const DOCUMENT = { recipients: { bot: { erasure: { url: 'https://bot.example/erase', ackWithin: 'PT1H' } } } };

describe('notices', () => {
  it('a tenant whose key is bad, and a notice that opens for nobody, keep no other from being told or reported as silent', async () => {
    const [broken, sound, silent] = [await world.business(), await world.business(), await world.business()];
    const { store, isolate, log, lines, metrics } = parts();
    const told: HttpRequest[] = [];
    const call = async (request: HttpRequest) => (told.push(request), { kind: 'answered', status: 204, headers: {} } as const);
    const notices = createNotices({ store, call, isolate, log, now: Date.now });
    const queueFor = async (one: Business): Promise<string> => {
      const [requestId, who] = [await asked(one), await one.someone()];
      await store.settleAsked(one.tenantId, { conversationId: who.conversationId, lease: randomUUID(), subjectId: who.subjectId }, [{ recipient: 'bot', purpose: 'p', categories: ['content'], version: 1, clause: '/c' }]);
      const inForce = { version: 1, document: DOCUMENT } as unknown as InForce;
      await notices.queue(one.keys, inForce, { requestId, event: 'erase', subjects: [who.subjectId], conversations: [] });
      return requestId;
    };
    const [ofBroken, unreadable, ofSound, ofSilent] = [await queueFor(broken), await queueFor(sound), await queueFor(sound), await queueFor(silent)];
    await rows("UPDATE parley.recipient_notice SET body = '\\x00' WHERE request_id = $1", [unreadable]);
    await rows("UPDATE parley.recipient_notice SET escalate_at = now(), not_before = now() + interval '1 day' WHERE request_id = $1", [ofSilent]);
    await breakKey(broken);

    await notices.run();
    const stateOf = async (id: string) => (await rows<{ state: string }>('SELECT state FROM parley.recipient_notice WHERE request_id = $1', [id]))[0]!.state;
    expect(await Promise.all([ofBroken, unreadable, ofSound].map(stateOf))).toEqual(['queued', 'queued', 'acknowledged']);
    expect(told).toHaveLength(1);
    expect(lines()).toEqual(['round.failed', 'round.failed', 'recipient.silent']);
    expect(await metrics.text()).toContain('parley_rounds_failed_total{round="notices"} 2');

    await mendKey(broken);
    await rows("UPDATE parley.recipient_notice SET not_before = now() WHERE state = 'queued' AND request_id = $1", [ofBroken]);
    await notices.run();
    expect(await stateOf(ofBroken)).toBe('acknowledged');
  });
}); // prettier-ignore

describe('searches for mentions', () => {
  const INSTRUCTED = { version: 1, document: { rights: { mentions: 'redact' }, parties: { controller: { country: 'DE' } } } } as unknown as InForce; // prettier-ignore
  const wrappedKey = async (who: Met) => (await rows<{ wrapped_key: Buffer }>('SELECT wrapped_key FROM parley.subject_key WHERE subject_id = $1', [who.subjectId]))[0]!.wrapped_key; // prettier-ignore
  async function says(one: Business, who: Met, text: string): Promise<string> {
    const id = await one.says(who, Date.now());
    const place = contextOf({ tenantId: one.tenantId, subjectId: who.subjectId, table: 'message', row: id, field: 'body' }); // prettier-ignore
    const body = { content: { type: 'text', text }, identifiers: { profile_name: 'Anna Example' } };
    const sealed = seal(openSubjectKey(one.keys, who.subjectId, await wrappedKey(who)), JSON.stringify(body), place);
    await rows('UPDATE parley.message SET body = $2 WHERE id = $1', [id, sealed]);
    return id;
  }
  const redacted = (id: string) => rows('SELECT FROM parley.mention WHERE message_id = $1 AND redacted', [id]);

  it('a bad key, of a tenant or of one person, and a row that opens for nobody end no search of others, nor their own', async () => {
    const [broken, sound] = [await world.business(), await world.business()];
    const { isolate, lines, store } = parts();
    const mentions = createMentions({ store, isolate });
    const begin = async (one: Business): Promise<{ requestId: string; mention: string }> => {
      const [anna, ben, carl] = [await one.someone(), await one.someone(), await one.someone()];
      await says(one, anna, 'hello');
      // What opens for nobody says nothing of her, and does not keep her from being erased.
      await one.says(anna, Date.now());
      const mention = await says(one, ben, 'I met Anna Example there');
      await says(one, carl, 'Anna Example, too');
      await rows("UPDATE parley.subject_key SET wrapped_key = '\\x00' WHERE subject_id = $1", [carl.subjectId]);
      const requestId = await asked(one);
      await mentions.begin(one.keys, { inForce: INSTRUCTED, requestId, subjects: [anna.subjectId], again: false });
      return { requestId, mention };
    };
    const [ofBroken, ofSound] = [await begin(broken), await begin(sound)];
    await breakKey(broken);
    await mentions.run();
    expect([await redacted(ofBroken.mention), await redacted(ofSound.mention)].map(({ length }) => length)).toEqual([0, 1]);
    expect(lines()).toEqual(['round.failed']);

    await mendKey(broken);
    await rows('UPDATE parley.mention_search SET lease_until = NULL WHERE request_id = $1', [ofBroken.requestId]);
    await mentions.run();
    expect(await redacted(ofBroken.mention)).toHaveLength(1);
  }); // prettier-ignore
});

describe('what retention does each hour', () => {
  it('a tenant for whom it fails keeps no other from it', async () => {
    const both = [await world.business(), await world.business()].toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
    const [first, second] = both as [Business, Business];
    const { isolate, log, lines } = parts();
    const swept: string[] = [];
    const store = {
      ...world.store,
      sweepOrphans: async (tenantId: string) => {
        if (tenantId === first.tenantId) throw new Error('not this one');
        swept.push(tenantId);
        return world.store.sweepOrphans(tenantId);
      },
    };
    const clock = { now: Date.now() };
    const now = (): number => clock.now;
    const sweeper = createSweeper({ store, count: createCounter({ store, now }), without: () => null, late: () => undefined, isolate, log, now }); // prettier-ignore
    await sweeper.run();
    clock.now += HOUR;
    await sweeper.run();
    expect(swept).toContain(second.tenantId);
    expect(lines()).toEqual(['round.failed']);
  });
});
