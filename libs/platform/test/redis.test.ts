// A connection to Redis whose other end vanished: nothing is said on it any more, not even that it is over.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { connectRedis } from '../src/redis.js';
import { collectingLogger } from './collecting-logger.js';
import { redisIsThere, startRedis } from './redis-server.js';
import { until } from '../../../test/support/until.js';

(redisIsThere() ? it : it.skip)('is given up, and what was asked is answered over another', async () => {
  const server = await startRedis();
  const { hostname, port } = new URL(server.url);
  const sockets: Socket[] = [];
  /** Of connections that are open by now nothing passes any more. */
  let vanished = 0;
  const between = createServer((client) => {
    const there = connect(Number(port), hostname);
    const number = sockets.push(client, there);
    client.on('data', (said) => void (number > vanished && there.write(said)));
    there.on('data', (said) => void (number > vanished && client.write(said)));
    for (const side of [client, there]) side.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => void between.listen(0, '127.0.0.1', resolve));
  const url = `redis://127.0.0.1:${(between.address() as AddressInfo).port}`;
  const { log } = collectingLogger();
  const redis = connectRedis({ url, maxRetriesPerRequest: null }, log, { everyMs: 100, patienceMs: 300 });
  await until('it is connected', () => redis.status === 'ready');

  vanished = sockets.length;
  expect(await redis.echo('still here')).toBe('still here');
  expect(sockets.length).toBeGreaterThan(vanished);

  redis.disconnect();
  for (const socket of sockets) socket.destroy();
  between.close();
  await server.stop();
});
