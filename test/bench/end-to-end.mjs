// end_to_end_*_ms: a person writes, the bot answers, the answer is called out at the Graph API.
import { setTimeout as sleep } from 'node:timers/promises';
import { startFarSide } from './far-side.mjs';
import { percentile } from './median.mjs';
import { folder, gateway } from './processes.mjs';
import { makeTenant } from './tenant.mjs';

/** Enough numbers and people that no platform limit is met: 25 messages a second per number, one per person and 3 s. */
const CONNECTIONS = 8;
const PEOPLE = 640;

export async function measureEndToEnd(options, say) {
  const at = await folder();
  const farSide = await startFarSide();
  const started = await gateway({ dataDir: at.path, env: { META_GRAPH_URL: farSide.graphUrl } });
  const { targets } = await makeTenant(started, { slug: 'bench', botUrl: farSide.botUrl, connections: CONNECTIONS });

  // First contacts get a notice besides: everybody writes once before the clock starts.
  const first = [];
  for (let person = 0; person < PEOPLE; person++) {
    const text = `first ${person}`;
    first.push(text);
    await farSide.write(targets[person % CONNECTIONS], { person, text });
    if (person % 20 === 19) await sleep(250);
  }
  await farSide.until(first, 60);
  await sleep(1000);

  const total = options.endToEndSeconds * options.endToEndPerSecond;
  const sent = [];
  const begun = farSide.now();
  for (let n = 0; n < total; n++) {
    const due = begun + (n * 1000) / options.endToEndPerSecond;
    const wait = due - farSide.now();
    if (wait > 1) await sleep(wait);
    const person = n % PEOPLE;
    const text = `message ${n}`;
    // Open loop: a slow gateway does not slow the people down.
    sent.push(farSide.write(targets[person % CONNECTIONS], { person, text }).then((sentAt) => ({ text, sentAt })));
  }
  const all = await Promise.all(sent);
  await farSide.until(
    all.map(({ text }) => text),
    60,
  );
  const times = all.map(({ text, sentAt }) => farSide.calledAt(text) - sentAt).toSorted((a, b) => a - b);
  say(`${times.length} messages, slowest ${times.at(-1).toFixed(1)} ms`);
  await started.stop();
  await farSide.close();
  await at.remove();
  return {
    end_to_end_p50_ms: percentile(times, 0.5),
    end_to_end_p99_ms: percentile(times, 0.99),
  };
}
