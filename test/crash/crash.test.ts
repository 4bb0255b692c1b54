// Everything is killed at once, again and again, while people write: what was acknowledged reaches the bot, once, in order, and is answered.
import { startWorld } from '../support/world.js';
import { crashing, gatewayOf } from './crashing.js';

crashing({
  /** Twenty as a rule; fewer on a machine that has no time. */
  kills: Number(process.env['CRASH_TEST_KILLS'] ?? 20),
  people: { whatsApp: 4, messenger: 3, web: 2 },
  async install() {
    const world = await startWorld({ PARLEY_LOG_LEVEL: 'warn' });
    return { world, parts: [gatewayOf(world.gateway)], end: world.end };
  },
});
