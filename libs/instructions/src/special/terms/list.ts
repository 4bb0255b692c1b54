// How a list of terms is written, and what it becomes.
import { folded } from '../../fold.js';

/** Special categories (Art. 9) and criminal offences (Art. 10), each with the term of DPV 2.3 (pd) that it stands for. */
export const SENSITIVE_TERMS = {
  health: 'MedicalHealth',
  belief: 'ReligiousBelief',
  politics: 'PoliticalOpinion',
  union: 'TradeUnionMembership',
  sexuality: 'Sexual',
  ethnicity: 'EthnicOrigin',
  biometric: 'Biometric',
  criminal: 'Criminal',
} as const;
export type SensitiveKind = keyof typeof SENSITIVE_TERMS;

/** One word of a term: `word`, `begin*`, `*end`, or any single word (`_`). */
export interface WordPattern {
  readonly stem: string;
  readonly how: 'whole' | 'begins' | 'ends' | 'any';
}

export interface Term {
  readonly language: string;
  readonly kind: SensitiveKind;
  readonly words: readonly WordPattern[];
  /** It means the writer or somebody near only with a word that says so: "my operation", not "hours of operation". */
  readonly needsCue: boolean;
}

export interface TermList {
  readonly language: string;
  readonly cues: ReadonlySet<string>;
  readonly terms: readonly Term[];
}

function patternOf(word: string): WordPattern {
  if (word === '_') return { stem: '', how: 'any' };
  if (word.startsWith('*')) return { stem: folded(word.slice(1)), how: 'ends' };
  if (word.endsWith('*')) return { stem: folded(word.slice(0, -1)), how: 'begins' };
  return { stem: folded(word), how: 'whole' };
}

const entriesOf = (list: string): string[] =>
  list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

/** Where letters with dots are typed as two: "Schizophrenie, muede". */
const spellings = (entry: string): string[] => {
  const spelt = entry.replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue');
  return spelt === entry ? [entry] : [entry, spelt];
};

/** Entries are divided by commas; `?` at the end: only near a cue. */
export function terms(language: string, lists: Readonly<Record<SensitiveKind | 'cues', string>>): TermList {
  const { cues, ...kinds } = lists;
  const all = Object.entries(kinds).flatMap(([kind, list]) =>
    entriesOf(list)
      .flatMap(spellings)
      .map((entry): Term => {
        const needsCue = entry.endsWith('?');
        const words = (needsCue ? entry.slice(0, -1) : entry).split(/\s+/).map(patternOf);
        return { language, kind: kind as SensitiveKind, words, needsCue };
      }),
  );
  return { language, cues: new Set(entriesOf(cues).flatMap(spellings).map(folded)), terms: all };
}
