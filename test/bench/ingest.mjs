// ingest_ratio: what the gateway acknowledges per second over what the bare limit does.
import { median } from './median.mjs';
import { bareRate, gatewayRate } from './pair.mjs';
import { makeTenant } from './tenant.mjs';

export async function measureIngest(options, say) {
  const rounds = [];
  for (let n = 1; n <= options.rounds; n++) {
    const bare = await bareRate(options);
    const { rate } = await gatewayRate(options, async (gateway) => {
      const { targets } = await makeTenant(gateway, { slug: 'bench', botUrl: 'http://127.0.0.1:9/bot' });
      return { target: targets[0] };
    });
    rounds.push({ bare, rate });
    say(`round ${n}: bare ${Math.round(bare)}/s, parley ${Math.round(rate)}/s, ratio ${(rate / bare).toFixed(3)}`);
  }
  return {
    ingest_ratio: median(rounds.map(({ rate, bare }) => rate / bare)),
    ingest_per_second: median(rounds.map(({ rate }) => rate)),
    bare_per_second: median(rounds.map(({ bare }) => bare)),
  };
}
