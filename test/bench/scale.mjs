// scale_ratio: ingest beside many tenants and messages, over ingest on an empty database.
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseUrl, loadConfig } from '#libs/platform';
import { startFarSide } from './far-side.mjs';
import { median } from './median.mjs';
import { multiply } from './multiply.mjs';
import { bareRate, gatewayRate } from './pair.mjs';
import { folder, gateway } from './processes.mjs';
import { makeTenant } from './tenant.mjs';

/** One tenant's share of the stored messages, half of them the bot's. */
const pairsPerTenant = ({ tenants, messages }) => Math.round(messages / tenants / 2);

/** A data directory with a tenant that has had real conversations, and its copies. The gateway is stopped. */
async function crowded(options, say) {
  const at = await folder();
  const farSide = await startFarSide();
  const started = await gateway({ dataDir: at.path, env: { META_GRAPH_URL: farSide.graphUrl } });
  const { slug, targets } = await makeTenant(started, { slug: 'copied', botUrl: farSide.botUrl });
  const texts = Array.from(
    { length: pairsPerTenant(options) },
    (_, n) => `My order number is ${n}, when will it be here?`,
  );
  for (const [n, text] of texts.entries()) {
    await farSide.write(targets[0], { person: n % 20, text });
    await sleep(30);
  }
  await farSide.until(texts, 60);
  await sleep(1000);
  const url = await databaseUrl(loadConfig({ PARLEY_DATA_DIR: at.path }));
  await multiply(url, { slug, tenants: options.tenants, say });
  await started.stop();
  await farSide.close();
  return at;
}

export async function measureScale(options, say) {
  const full = await crowded(options, say);
  const rounds = [];
  for (let n = 1; n <= options.rounds; n++) {
    const prepare = async (started) => {
      const { targets } = await makeTenant(started, { slug: `round-${n}`, botUrl: 'http://127.0.0.1:9/bot' });
      return { target: targets[0] };
    };
    // Each rate is taken over the bare limit of its own moment: a machine that slows down meanwhile does not count.
    const empty = { bare: await bareRate(options), ...(await gatewayRate(options, prepare)) };
    const many = { bare: await bareRate(options), ...(await gatewayRate(options, prepare, full)) };
    const ratio = many.rate / many.bare / (empty.rate / empty.bare);
    rounds.push(ratio);
    say(`round ${n}: empty ${Math.round(empty.rate)}/s, crowded ${Math.round(many.rate)}/s, ratio ${ratio.toFixed(3)}`);
  }
  await full.remove();
  return { scale_ratio: median(rounds) };
}
