// Only the embedded database is killed, again and again, while people write: the gateway goes on, and nothing is lost or doubled.
import { startWorld } from '../support/world.js';
import { crashing, databaseIn } from './crashing.js';

crashing({
  kills: 6,
  people: { whatsApp: 3, messenger: 2, web: 1 },
  async install() {
    const world = await startWorld({ PARLEY_LOG_LEVEL: 'warn' });
    return { world, parts: [databaseIn(world.gateway.dataDir)], end: world.end };
  },
});
