// Text beyond a channel's limit becomes several texts, cut where a reader would pause.

type Segments = (whole: string) => Iterable<{ readonly segment: string }>;

const by = (granularity: 'sentence' | 'word' | 'grapheme'): Segments => {
  const segmenter = new Intl.Segmenter(undefined, { granularity });
  return (whole) => segmenter.segment(whole);
};
const characters: Segments = (whole) => Array.from(whole, (segment) => ({ segment }));

/** From where a reader would pause to where nobody would: a grapheme beyond the limit, which nobody types, is cut between its characters. */
const CUTS: readonly Segments[] = [by('sentence'), by('word'), by('grapheme'), characters];

/** How long a text is, as the channel counts. */
export type Measure = (text: string) => number;

export const inUnits: Measure = (text) => text.length;
export const inBytes: Measure = (text) => Buffer.byteLength(text);

/**
 * Parts of at most `max` as `size` counts (UTF-16 units unless given), cut at sentence ends; a sentence that is too long by itself at
 * word ends, a word at grapheme ends. Nothing but white space at the cuts is lost.
 */
export function splitText(whole: string, max: number, size: Measure = inUnits): readonly string[] {
  if (size(whole) <= max) return [whole];
  return pack(whole, CUTS, { max, size })
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The same with something under the last part, which leaves less room for it: at most `lastMax` UTF-16 units. */
export function splitOver(
  whole: string,
  lastMax: number,
  { max, size = inUnits }: { readonly max: number; readonly size?: Measure },
): { readonly before: readonly string[]; readonly last: string } {
  const parts = splitText(whole, max, size);
  const end = parts.at(-1) ?? '';
  const last = splitText(end, lastMax).at(-1) ?? '';
  const rest = end.slice(0, end.lastIndexOf(last)).trim();
  return { before: [...parts.slice(0, -1), ...(rest === '' ? [] : [rest])], last };
}

interface Limit {
  readonly max: number;
  readonly size: Measure;
}

function pack(whole: string, [segments, ...finer]: readonly Segments[], limit: Limit): string[] {
  if (!segments) return [whole];
  const fits = (text: string): boolean => limit.size(text) <= limit.max;
  const parts: string[] = [];
  let part = '';
  for (const { segment } of segments(whole)) {
    if (fits(part + segment.trimEnd())) {
      part += segment;
      continue;
    }
    if (part !== '') parts.push(part);
    part = segment;
    if (fits(segment.trimEnd())) continue;
    const smaller = pack(part, finer, limit);
    part = smaller.pop() ?? '';
    parts.push(...smaller);
  }
  return part === '' ? parts : [...parts, part];
}
