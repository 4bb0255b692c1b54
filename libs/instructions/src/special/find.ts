// Finds terms of special categories and of criminal offences in a text: whole words, in any inflection that a term allows, in linear time.
import { inOriginal, normalise } from '../detect/view.js';
import { folded } from '../fold.js';
import type { SensitiveKind, Term, WordPattern } from './terms/list.js';
import { TERMS } from './terms/index.js';

export interface FoundTerm {
  readonly kind: SensitiveKind;
  /** Of the list that has the term: a guess at what the person speaks. */
  readonly language: string;
  /** In UTF-16 units of the text that was given; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Words of one sentence have the same number. */
  readonly sentence: number;
}

/** Longer words are no words: what is looked up of each has a limit. */
const LONGEST_WORD = 40;
/** So far from a term a word may stand that says whom it is about. */
const CUE_REACH = 9;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const SENTENCE_ENDS = /[.!?;\n]\s/;

function* wordsOf(text: string): Iterable<Word> {
  const view = normalise(text);
  let sentence = 0;
  let last = 0;
  for (const { 0: written, index } of view.text.matchAll(WORD)) {
    if (SENTENCE_ENDS.test(view.text.slice(last, index))) sentence += 1;
    last = index + written.length;
    const word = written.length > LONGEST_WORD ? '' : folded(written);
    yield { text: word, ...inOriginal(view, index, last), sentence };
  }
}

const fits = ({ stem, how }: WordPattern, word: string): boolean => {
  switch (how) {
    case 'whole':
      return word === stem;
    case 'begins':
      return word.startsWith(stem);
    case 'ends':
      return word.endsWith(stem);
    case 'any':
      return true;
  }
};

/** A term by the first of its words that is not just any word. */
interface Entry {
  readonly term: Term;
  readonly at: number;
}
type Index = ReadonlyMap<string, readonly Entry[]>;

function indexOf(how: WordPattern['how']): Index {
  const index = new Map<string, Entry[]>();
  for (const term of TERMS.flatMap((list) => list.terms)) {
    const at = term.words.findIndex((word) => word.how !== 'any');
    const anchor = term.words[at];
    if (anchor?.how === how) index.set(anchor.stem, [...(index.get(anchor.stem) ?? []), { term, at }]);
  }
  return index;
}

const WHOLE = indexOf('whole');
const BEGINS = indexOf('begins');
const ENDS = indexOf('ends');
const CUES: ReadonlyMap<string, ReadonlySet<string>> = new Map(TERMS.map(({ language, cues }) => [language, cues]));

function* entriesFor(word: string): Iterable<Entry> {
  yield* WHOLE.get(word) ?? [];
  for (let length = 2; length <= word.length; length++) {
    yield* BEGINS.get(word.slice(0, length)) ?? [];
    yield* ENDS.get(word.slice(-length)) ?? [];
  }
}

/** Where the term stands, if its other words are there too, in one sentence. */
function placeOf(words: readonly Word[], at: number, { term, at: anchor }: Entry): readonly [number, number] | null {
  const first = at - anchor;
  for (const [n, pattern] of term.words.entries()) {
    const word = words[first + n];
    if (!word || word.sentence !== words[at]!.sentence || !fits(pattern, word.text)) return null;
  }
  return [first, first + term.words.length - 1];
}

function hasCue(words: readonly Word[], [first, last]: readonly [number, number], language: string): boolean {
  const cues = CUES.get(language)!;
  const { sentence } = words[first]!;
  for (let at = Math.max(0, first - CUE_REACH); at <= Math.min(words.length - 1, last + CUE_REACH); at++)
    if ((at < first || at > last) && words[at]!.sentence === sentence && cues.has(words[at]!.text)) return true;
  return false;
}

/** @returns what was found, in the order of the text, free of overlaps. All languages at once: people mix them. */
export function findSensitive(
  text: string,
  kinds: (kind: SensitiveKind) => boolean = () => true,
): readonly FoundTerm[] {
  const words = [...wordsOf(text)];
  const found: FoundTerm[] = [];
  for (const [at, word] of words.entries())
    for (const entry of entriesFor(word.text)) {
      const { term } = entry;
      if (!kinds(term.kind)) continue;
      const place = placeOf(words, at, entry);
      if (!place || (term.needsCue && !hasCue(words, place, term.language))) continue;
      found.push({
        kind: term.kind,
        language: term.language,
        start: words[place[0]]!.start,
        end: words[place[1]]!.end,
      });
    }
  return merged(found);
}

/** One place, one hit: of those that overlap the one that begins first stands for all, as far as the last one goes. */
function merged(found: readonly FoundTerm[]): readonly FoundTerm[] {
  const kept: FoundTerm[] = [];
  for (const one of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (last && one.start < last.end) kept[kept.length - 1] = { ...last, end: Math.max(last.end, one.end) };
    else kept.push(one);
  }
  return kept;
}
