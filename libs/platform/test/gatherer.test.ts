// What is gathered while nothing can be sent: enough to go on with, and no more than fits in memory.
import { createGatherer } from '../src/queues/gatherer.js';
import { until } from '../../../test/support/until.js';

it('keeps the first of what comes while a server does not answer, and a newer word of what it keeps', async () => {
  let goOn = (): void => undefined;
  const answered = new Promise<void>((resolve) => (goOn = resolve));
  const sent: string[] = [];
  const gatherer = createGatherer<string>({
    everyMs: 0,
    send: async (items) => void (await answered, sent.push(...items)),
    onFailure: () => undefined,
  });
  for (let n = 0; n < 200_000; n++) gatherer.add(`key ${n}`, `old ${n}`);
  gatherer.add('key 0', 'new 0');
  goOn();
  await until('the last went', () => sent.includes('old 49999'));
  await gatherer.close();
  expect(sent).toHaveLength(50_000);
  expect(sent[0]).toBe('new 0');
});
