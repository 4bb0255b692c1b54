// A round for many tenants: one that fails holds up no other, is said once while it goes on failing, and is counted each time.
import { randomUUID } from 'node:crypto';
import { createIsolate, createMetrics } from '#libs/platform';
import { collectingLogger } from './collecting-logger.js';

const [BROKEN, SLOW, SOUND] = [randomUUID(), randomUUID(), randomUUID()].map((tenant_id) => ({ tenant_id })) as [
  { tenant_id: string },
  { tenant_id: string },
  { tenant_id: string },
];

function world() {
  const { log, text, lines } = collectingLogger();
  const metrics = createMetrics();
  return { isolate: createIsolate({ log, metrics }), text, lines, counted: () => metrics.text() };
}

const fails = async ({ tenant_id }: { tenant_id: string }): Promise<void> => {
  if (tenant_id === BROKEN.tenant_id) throw new TypeError('of Anna Example');
};

it('the others are worked on, and the failure is said by class and tenant, without its words', async () => {
  const { isolate, text, counted } = world();
  const done: string[] = [];
  const work = async (item: { tenant_id: string }): Promise<void> => {
    await fails(item);
    done.push(item.tenant_id);
  };
  expect(await isolate({ name: 'notices' }, [BROKEN, SOUND], work)).toBe(1);
  expect(done).toEqual([SOUND.tenant_id]);
  expect(JSON.parse(text())).toMatchObject({
    event: 'round.failed', name: 'notices', tenantId: BROKEN.tenant_id, error: { name: 'TypeError' },
  }); // prettier-ignore
  expect(text()).not.toContain('Anna');
  expect(await counted()).toContain('parley_rounds_failed_total{round="notices"} 1');
});

it('what goes on failing is counted each time and said once; after a good round it is said again', async () => {
  const { isolate, lines, counted } = world();
  const good = async (): Promise<void> => undefined;
  for (const work of [fails, fails, good, fails]) await isolate({ name: 'sequencer' }, [BROKEN, BROKEN], work);
  expect(lines()).toEqual(['round.failed', 'round.failed']);
  expect(await counted()).toContain('parley_rounds_failed_total{round="sequencer"} 6');
});

it('so many are worked on at a time: whoever takes long holds up one hand only', async () => {
  const { isolate } = world();
  const done: string[] = [];
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let running = 0;
  let most = 0;
  const ended = isolate({ name: 'checkpoints', atOnce: 2 }, [SLOW, SOUND, SOUND], async (item) => {
    most = Math.max(most, (running += 1));
    if (item === SLOW) await held;
    done.push(item.tenant_id);
    running -= 1;
    if (done.length === 2) release();
  });
  expect(await ended).toBe(0);
  expect([done, most]).toEqual([[SOUND.tenant_id, SOUND.tenant_id, SLOW.tenant_id], 2]);
});
