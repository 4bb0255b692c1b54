// decide_*_us, compile_*: one ruling of compiled instructions over one parsed WhatsApp text, called directly; short form and 500 clauses.
import { CHANNELS } from '#libs/channels';
import { compile, decide, NEW_SUBJECT } from '#libs/instructions';
import { clausesOf, longForm } from './long-form.mjs';
import { percentile } from './median.mjs';
import { whatsAppText } from './payloads.mjs';
import { instructions } from './tenant.mjs';

const BOT = 'https://bot.acme.example/parley';
const COMPILATIONS = 50;
const facts = {
  channels: Object.fromEntries(CHANNELS.map(({ manifest, identifiers }) => [manifest.channel, identifiers])),
};
const meta = {
  tenantId: '00000000-0000-7000-8000-000000000000',
  version: 1,
  hash: '0'.repeat(64),
  privacyPage: 'https://parley.example/p',
};

function timed(count, work) {
  const times = new Float64Array(count);
  for (let n = 0; n < count; n++) {
    const started = process.hrtime.bigint();
    work(n);
    times[n] = Number(process.hrtime.bigint() - started) / 1000;
  }
  return times.sort();
}

export async function measureDecide(options, say) {
  const { parse } = CHANNELS.find(({ manifest }) => manifest.channel === 'whatsapp-cloud');
  const events = Array.from({ length: 1_000 }, (_, person) =>
    parse(whatsAppText({ account: '106540352242922', person, text: 'Hello' }), Date.now()).events.at(0),
  );
  const decisions = (compiled) => {
    const refused = events.filter((event) => decide(compiled, NEW_SUBJECT, event).outcome !== 'accepted');
    if (refused.length > 0) throw new Error(`${refused.length} of the events to be decided on are refused`);
    return timed(options.decisions, (n) => decide(compiled, NEW_SUBJECT, events[n % events.length]));
  };
  const short = decisions(compile(instructions(BOT), facts, meta));
  const document = longForm(BOT);
  say(`long form: ${clausesOf(document)} clauses`);
  const compilations = timed(COMPILATIONS, () => compile(document, facts, meta));
  const long = decisions(compile(document, facts, meta));
  return {
    decide_p50_us: percentile(short, 0.5),
    decide_p99_us: percentile(short, 0.99),
    decide_500_p99_us: percentile(long, 0.99),
    compile_500_p50_ms: percentile(compilations, 0.5) / 1000,
    compile_500_p99_ms: percentile(compilations, 0.99) / 1000,
  };
}
