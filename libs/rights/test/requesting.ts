// Rights requests over a real database: opened as a test says, carried out by real acts; nobody is called or told.
import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import type { NewRightsRequest } from '#libs/store';
import { createActs, type Acts } from '../src/acts/acts.js';
import { createHands } from '../src/requests/hands.js';
import { createRequests } from '../src/requests/requests.js';
import { isolate, log, type World } from './world.js';

/** `around`: what goes on while one is carried out. `heard`: what is said to persons, and that conversations go on, in order. */
export function requestsIn(
  world: World,
  around: (carryOut: Acts['carryOut']) => Acts['carryOut'] = (same) => same,
  heard: string[] = [],
) {
  const deps = { store: world.store, isolate, log, now: Date.now };
  const acts = createActs({
    ...deps, notices: { prepare: async () => ({ notices: [], untold: [] }), queue: async () => ({ untold: [] }) }, mentions: { begin: async () => undefined }, journal: { noted: async () => [] }, backups: { keyDays: 7, dataDays: 30 },
    openForPerson: () => null, correct: () => null, settleMs: 0, rest: async () => undefined,
  } as never); // prettier-ignore
  return createRequests({
    ...deps, acts: { ...acts, carryOut: around(acts.carryOut) }, hands: { erasure: createHands(1), others: createHands(1) },
    openAttachment: () => Buffer.alloc(0), wake: (on) => void (on.length > 0 && heard.push('goes on')), say: async () => true, words: async (_tenant, _conversation, textIn) => (heard.push(textIn('en')), null), pageUrl: (code) => code,
  }); // prettier-ignore
}

/** One that may be carried out at once. */
export const opens = async (
  world: World,
  tenantId: string,
  asked: Pick<NewRightsRequest, 'exercised'> & Partial<NewRightsRequest>,
): Promise<{ id: string; fresh: boolean }> => {
  const { row, fresh } = await world.store.openRightsRequest(tenantId, {
    id: v7(), state: 'received', source: 'api', hashes: [], subjectIds: [], conversationId: null, reference: null, purpose: null,
    code: randomUUID(), version: 1, clause: '/c', receivedAt: new Date(), dueAt: new Date(Date.now() + 3_600_000), notBefore: new Date(0), ...asked,
  }); // prettier-ignore
  return { id: row.id, fresh };
};
