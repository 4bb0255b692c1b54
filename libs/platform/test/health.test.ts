// Readiness: every part is asked, failing and silent ones are not ready.
import { createHealth } from '#libs/platform';

it('is ready when all parts answer', async () => {
  const health = createHealth({ database: async () => 1, queues: async () => undefined });
  expect(await health.check()).toEqual({ ready: true, parts: { database: true, queues: true } });
});

it('is not ready when one fails, throws at once, or says nothing', async () => {
  const health = createHealth(
    {
      fine: async () => 1,
      failing: () => Promise.reject(new Error('away')),
      throwing: () => {
        throw new Error('away');
      },
      silent: () => new Promise(() => undefined),
    },
    50,
  );
  expect(await health.check()).toEqual({
    ready: false,
    parts: { fine: true, failing: false, throwing: false, silent: false },
  });
});
