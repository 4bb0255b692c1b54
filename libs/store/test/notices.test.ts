// Notices to recipients: one that is away, with much to be told, holds up no other.
import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { openStore, type Store } from '../src/index.js';
import { startTestDatabase, type TestDatabase } from './database.js';

let database: TestDatabase;
let store: Store;
beforeAll(async () => {
  database = await startTestDatabase();
  store = openStore({ databaseUrl: database.url, masterKey: randomBytes(32), poolSize: 2, onError: () => undefined });
});
afterAll(async () => {
  await store.close();
  await database.stop();
});

it('the first of each recipient comes before the second of any', async () => {
  const { id: tenantId } = (await store.createTenant('acme', 'Acme'))!;
  const notice = (recipient: string) => ({
    id: v7(), requestId: v7(), recipient, event: 'erase', url: 'https://x.example', body: randomBytes(8), escalateAt: new Date(),
  }); // prettier-ignore
  await store.queueNotices(
    tenantId,
    Array.from({ length: 100 }, () => notice('away')),
  );
  const late = notice('there');
  await store.queueNotices(tenantId, [late]);
  const due = await store.dueNotices(50);
  expect(due.slice(0, 2).map(({ id }) => id)).toContain(late.id);
  expect(due.length).toBeLessThanOrEqual(10);
});
