// Two processes over a PostgreSQL and a Redis of their own: each of the four is killed in turn while people write, and the others go on.
import { randomBytes } from 'node:crypto';
import { ownRedisIsThere, startOwnRedis } from '../../libs/platform/test/redis-server.js';
import { startTestDatabase } from '../../libs/store/test/database.js';
import { startWorld } from '../support/world.js';
import { crashing, databaseIn, gatewayOf } from './crashing.js';

crashing({
  /** Each twice; twenty take a minute more. */
  kills: Number(process.env['CRASH_TEST_KILLS'] ?? 8),
  people: { whatsApp: 3, messenger: 2, web: 1 },
  async install() {
    const database = await startTestDatabase();
    // Without one the queues are in PostgreSQL.
    const redis = ownRedisIsThere() ? await startOwnRedis() : null;
    const common = {
      DATABASE_URL: database.url,
      PARLEY_MASTER_KEY: randomBytes(32).toString('base64'),
      PARLEY_LOG_LEVEL: 'warn',
      ...(redis ? { REDIS_URL: redis.url } : {}),
    };
    const world = await startWorld({ ...common, PARLEY_ROLES: 'ingress,api' });
    const worker = await world.another({ PARLEY_ROLES: 'worker' });
    await worker.start();
    return {
      world,
      parts: [gatewayOf(worker), ...(redis ? [redis.crash] : []), gatewayOf(world.gateway), databaseIn(database.dir)],
      async end() {
        await world.end();
        await redis?.stop();
        await database.stop();
      },
    };
  },
});
