// Whom a process remembers is forgotten when another erases them; a process that does not listen goes on with a key that is destroyed.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { grantMandate, personal, type Operation } from '#libs/kernel';
import { createContacts } from '../src/index.js';
import { startLine, type Line } from './line.js';

let line: Line;
beforeAll(async () => {
  line = await startLine();
});
afterAll(() => line.stop());

/** Subjects under whom a person is known before and, once that holds or so long, after an erasure, to a process that listens to this. */
async function knownTo(listen: Line['store']['listen'], ms: number): Promise<readonly [string, string]> {
  const t = await line.tenant();
  const connection = (await line.tenants.connection(t.connectionId))!;
  const mandate = (operation: Operation) =>
    grantMandate({ tenantId: t.id, operation, purpose: 'p', categories: ['routing'], instruction: { version: 1, hash: 'h', clause: '/c' } }); // prettier-ignore
  const routing = [{ key: 'visitor_id', value: personal(`dl_${randomUUID()}`), action: 'keep', clause: '/c' }] as never;
  const event = () => ({ store: mandate('Store'), conversation: randomUUID(), locale: null, at: new Date().toISOString() }) as never; // prettier-ignore
  const contacts = createContacts({ resolveContact: line.store.resolveContact, listen });
  await contacts.start();
  const same = event();
  const { subjectId } = await contacts.resolve(same, connection, routing);
  const scope = await line.store.erasureScope(t.id, [subjectId], []);
  for (const phase of ['stop', 'key', 'rows'] as const) await line.store.erase(mandate('Erase'), scope, { phase });
  const known = async (): Promise<string> => (await contacts.resolve(same, connection, routing)).subjectId;
  for (const end = Date.now() + ms; (await known()) === subjectId && Date.now() < end;) await pause(20);
  const after = await known();
  contacts.stop();
  return [subjectId, after];
}

test('it is somebody new before long', async () => {
  const [before, after] = await knownTo(line.store.listen, 120_000);
  expect(after).not.toBe(before);
});

test('to a process that is deaf it would be the erased person still', async () => {
  const [before, after] = await knownTo(async () => undefined, 800);
  expect(after).toBe(before);
});
