// Text beyond a channel's limit becomes several texts, cut where a reader would pause.

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });
const words = new Intl.Segmenter(undefined, { granularity: 'word' });
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Parts of at most `max` UTF-16 units each, cut at sentence ends; a sentence that is too long by itself at word ends, a word at
 * grapheme ends (a grapheme beyond `max`, which nobody types, at `max`). Nothing but white space at the cuts is lost.
 */
export function splitText(whole: string, max: number): readonly string[] {
  if (whole.length <= max) return [whole];
  return pack(whole, [sentences, words, graphemes], max)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function pack(whole: string, segmenters: readonly Intl.Segmenter[], max: number): string[] {
  const [segmenter, ...finer] = segmenters;
  if (!segmenter) return cut(whole, max);
  const parts: string[] = [];
  let part = '';
  for (const { segment } of segmenter.segment(whole)) {
    if (part.length + segment.trimEnd().length <= max) {
      part += segment;
      continue;
    }
    if (part !== '') parts.push(part);
    part = segment;
    if (segment.trimEnd().length <= max) continue;
    const smaller = pack(part, finer, max);
    part = smaller.pop() ?? '';
    parts.push(...smaller);
  }
  return part === '' ? parts : [...parts, part];
}

const cut = (whole: string, max: number): string[] =>
  Array.from({ length: Math.ceil(whole.length / max) }, (_, index) => whole.slice(index * max, (index + 1) * max));
