// What all finders read of one text: its plain form, its runs of digits, the words in it, and how much may be asked.
import { runsIn, type Run } from './digits.js';
import { normalise, type View } from './view.js';
import { startsOfWords, type AtWord, matchesAtWords, atWord } from './word.js';

/** How far before a number its name may stand, in characters. */
const REACH = 32;
/** What ends a thought: a word before it says nothing of a number after it. */
const STOP = /[!?;\n](?=[^!?;\n])/;

/** A list of words that say what a number is. */
export type Words = AtWord;

/** Beginnings of words, separated by `|` or line breaks; matched in either case at the beginning of a word. */
export const words = (list: string): Words =>
  atWord(list.trim().split(/\s*\|\s*/), { behind: String.raw`(?<!\p{L})`, rest: '', flags: 'iu' });

export class Reading {
  readonly view: View;
  readonly text: string;
  readonly runs: readonly Run[];
  readonly #places = new Map<Words, readonly number[]>();
  #starts: readonly number[] | undefined;
  #questions: number;

  constructor(original: string) {
    this.view = normalise(original);
    this.text = this.view.text;
    this.runs = runsIn(this.text);
    this.#questions = 60 + Math.floor(this.text.length / 25);
  }

  /** Where words may begin. */
  get starts(): readonly number[] {
    return (this.#starts ??= startsOfWords(this.text));
  }

  /** Whether words of the one list stand before the place, nearer than any of the other. */
  named(start: number, these: Words, others?: Words): boolean {
    const at = this.#nearest(these, start);
    return at >= 0 && (others === undefined || at >= this.#nearest(others, start));
  }

  /**
   * Whether one more question may be put to a numbering plan or a check that costs time. The number of questions grows
   * with the text, so that time does not grow faster; once it is spent a shape alone counts, the strict way.
   */
  mayAsk(): boolean {
    return this.#questions-- > 0;
  }

  /** Where the last such word before the place begins; -1: none is near, or a thought ends between. */
  #nearest(list: Words, start: number): number {
    const places = this.#placesOf(list);
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (places[middle]! < start) low = middle + 1;
      else high = middle;
    }
    const at = places[low - 1] ?? -1;
    return at >= 0 && start - at <= REACH && !STOP.test(this.text.slice(at, start)) ? at : -1;
  }

  /** Looked up once per text, and only when something asks. */
  #placesOf(list: Words): readonly number[] {
    const known = this.#places.get(list);
    if (known) return known;
    const places = [...matchesAtWords(this, list)].map(({ index }) => index);
    this.#places.set(list, places);
    return places;
  }
}
