// idle_rss_mb: resident memory of a gateway in all its roles with nothing to do.
import { setTimeout as sleep } from 'node:timers/promises';
import { folder, gateway } from './processes.mjs';

export async function measureIdle(options) {
  const at = await folder();
  const started = await gateway({ dataDir: at.path, env: { PARLEY_DEMO: 'on' } });
  await sleep(options.idleSeconds * 1000);
  const idle_rss_mb = await started.rssMb();
  await started.stop();
  await at.remove();
  return { idle_rss_mb };
}
