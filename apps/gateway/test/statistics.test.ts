// Statistics from outside: a page of counts, nothing about anybody, nothing of another tenant.
import { startAcme, type Acme } from './acme.js';

let acme: Acme;
beforeAll(async () => void (acme = await startAcme()));
afterAll(() => acme.api.stop());

const hour = (n: number): Date => new Date(Date.UTC(2026, 9, 1, n));

test('bins are answered in the order of time, page by page; dimensions by name', async () => {
  const [tenant, other] = [await acme.tenant(), await acme.tenant()];
  for (const n of [2, 0, 1].toSorted())
    await acme.api.store.countBin(
      tenant.id,
      { starts: hour(n), ends: hour(n + 1), instruction_version: 1, minimum_group: 10, dimensions: ['channel', 'language'] },
      async () => (n === 1 ? { persons: null, messages: null, cells: [] } : { persons: 12, messages: 30, cells: [{ key: '["web","de"]', messages: 20 }] }),
    ); // prettier-ignore
  const first = await tenant.call('GET', '/statistics?limit=2');
  expect(first.body).toEqual({
    items: [
      {
        from: '2026-10-01T00:00:00.000Z', to: '2026-10-01T01:00:00.000Z', instructionVersion: 1, minimumGroup: 10,
        dimensions: ['channel', 'language'], persons: 12, messages: 30, cells: [{ of: { channel: 'web', language: 'de' }, messages: 20 }],
      },
      expect.objectContaining({ from: '2026-10-01T01:00:00.000Z', persons: null, messages: null, cells: [] }),
    ],
    next: '2026-10-01T01:00:00.000Z',
  }); // prettier-ignore
  const rest = await tenant.call('GET', `/statistics?after=${encodeURIComponent(String(first.body['next']))}`);
  expect([(rest.body['items'] as unknown as unknown[]).length, rest.body['next']]).toEqual([1, null]);
  expect((await other.call('GET', '/statistics')).body).toEqual({ items: [], next: null });
  expect((await tenant.call('GET', '/statistics?after=yesterday')).status).toBe(400);
});
