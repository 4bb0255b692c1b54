// decide_*_us: one ruling of compiled instructions over one parsed WhatsApp text, called directly.
import { CHANNELS } from '#libs/channels';
import { compile, decide, NEW_SUBJECT } from '#libs/instructions';
import { percentile } from './median.mjs';
import { whatsAppText } from './payloads.mjs';
import { instructions } from './tenant.mjs';

export async function measureDecide(options) {
  const facts = {
    channels: Object.fromEntries(CHANNELS.map(({ manifest, identifiers }) => [manifest.channel, identifiers])),
  };
  const meta = {
    tenantId: '00000000-0000-7000-8000-000000000000',
    version: 1,
    hash: '0'.repeat(64),
    privacyPage: 'https://parley.example/p',
  };
  const compiled = compile(instructions('https://bot.acme.example/parley'), facts, meta);
  const { parse } = CHANNELS.find(({ manifest }) => manifest.channel === 'whatsapp-cloud');
  const events = Array.from({ length: 1_000 }, (_, person) =>
    parse(whatsAppText({ account: '106540352242922', person, text: 'Hello' }), Date.now()).events.at(0),
  );
  const refused = events.filter((event) => decide(compiled, NEW_SUBJECT, event).outcome !== 'accepted');
  if (refused.length > 0) throw new Error(`${refused.length} of the events to be decided on are refused`);
  const times = new Float64Array(options.decisions);
  for (let n = 0; n < times.length; n++) {
    const event = events[n % events.length];
    const started = process.hrtime.bigint();
    decide(compiled, NEW_SUBJECT, event);
    times[n] = Number(process.hrtime.bigint() - started) / 1000;
  }
  times.sort();
  return { decide_p50_us: percentile(times, 0.5), decide_p99_us: percentile(times, 0.99) };
}
