// Where the samples of a track are in the file: chunks, each with so many samples of such a size (ISO/IEC 14496-12, 8.7).
import { look } from './effort.js';
import { boxIn, type Box } from './iso-boxes.js';
import { numberAt, type Over } from './write-over.js';

/** How long the next samples are together. Asked on and on it reads each size once. */
function lengths(bytes: Buffer, { start, end }: Box): (samples: number) => number {
  const each = numberAt(bytes, start + 4);
  if (each > 0) return (samples) => samples * each;
  let at = start + 12;
  return (samples) => {
    let sum = 0;
    for (let n = 0; n < samples && at + 4 <= end; n += 1, at += 4) sum += numberAt(bytes, at);
    return sum;
  };
}

/** How many samples each chunk has, asked one by one: a row holds from its first chunk to that of the next row. */
function samplesPerChunk(bytes: Buffer, { start, end }: Box): (chunk: number) => number {
  let row = start + 8;
  return (chunk) => {
    while (row + 24 <= end && numberAt(bytes, row + 12) <= chunk) row += 12;
    return row + 12 <= end ? numberAt(bytes, row + 4) : 0;
  };
}

export function* samplesOf(bytes: Buffer, media: Box | undefined): Generator<Over> {
  const table = boxIn(bytes, boxIn(bytes, media, 'minf'), 'stbl');
  const [sizes, perChunk] = [boxIn(bytes, table, 'stsz'), boxIn(bytes, table, 'stsc')];
  const places = boxIn(bytes, table, 'stco') ?? boxIn(bytes, table, 'co64');
  if (!sizes || !perChunk || !places) return;
  const width = places.type === 'co64' ? 8 : 4;
  const [lengthOf, samplesIn] = [lengths(bytes, sizes), samplesPerChunk(bytes, perChunk)];
  for (let chunk = 1, at = places.start + 8; at + width <= places.end; chunk += 1, at += width) {
    look();
    const from = numberAt(bytes, at, width);
    yield { at: from, end: from + lengthOf(samplesIn(chunk)) };
  }
}
