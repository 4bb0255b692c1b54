// ingest_long_ratio: the same as ingest_ratio, with instructions of 500 clauses in long form in force.
import { longForm } from './long-form.mjs';
import { median } from './median.mjs';
import { bareRate, gatewayRate } from './pair.mjs';
import { makeTenant } from './tenant.mjs';

export async function measureIngestLong(options, say) {
  const ratios = [];
  for (let n = 1; n <= options.rounds; n++) {
    const bare = await bareRate(options);
    const { rate } = await gatewayRate(options, async (gateway) => {
      const made = { slug: 'bench', botUrl: 'http://127.0.0.1:9/bot', document: longForm };
      return { target: (await makeTenant(gateway, made)).targets[0] };
    });
    ratios.push(rate / bare);
    say(`round ${n}: bare ${Math.round(bare)}/s, parley ${Math.round(rate)}/s, ratio ${(rate / bare).toFixed(3)}`);
  }
  return { ingest_long_ratio: median(ratios) };
}
