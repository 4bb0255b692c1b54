// npm run bench: measures part by part, prints each figure as it comes, and ends with one line of JSON.
import { measureDecide } from './decide.mjs';
import { measureDetect } from './detect.mjs';
import { measureEndToEnd } from './end-to-end.mjs';
import { measureErasure } from './erasure.mjs';
import { measureEvidence } from './evidence.mjs';
import { measureIdle } from './idle.mjs';
import { measureIncident } from './incident.mjs';
import { measureIngest } from './ingest.mjs';
import { measureIngestLong } from './ingest-long.mjs';
import { measureLedger } from './ledger.mjs';
import { options } from './options.mjs';
import { measureRetention } from './retention.mjs';
import { measureScale } from './scale.mjs';

const PARTS = {
  decide: measureDecide,
  detect: measureDetect,
  idle: measureIdle,
  ingest: measureIngest,
  'ingest-long': measureIngestLong,
  'end-to-end': measureEndToEnd,
  scale: measureScale,
  ledger: measureLedger,
  evidence: measureEvidence,
  incident: measureIncident,
  retention: measureRetention,
  erasure: measureErasure,
};

const print = (line) => process.stdout.write(`${line}\n`);
const rounded = (number) => Number(number.toPrecision(4));
const figures = {};
for (const [name, measure] of Object.entries(PARTS)) {
  if (!options.parts.includes(name)) continue;
  print(`== ${name}`);
  const found = await measure(options, (line) => print(`   ${line}`));
  for (const [figure, value] of Object.entries(found)) {
    figures[figure] = rounded(value);
    print(`   ${figure} ${figures[figure]}`);
  }
}
print(JSON.stringify(figures));
process.exit(0);
