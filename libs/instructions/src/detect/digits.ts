// Runs of digit groups: "0176 123-45 67" is one run of four groups. Phones, cards and ids are windows of such runs.

export interface Group {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
}
/** Groups that stand together: nothing but separators between them. */
export type Run = readonly Group[];

const MOST_BETWEEN = 4;
/** Blanks, dots, slashes, brackets, or one line break. */
const SEPARATOR = /^(?:[ .\-/()_·]{1,4}|[ ]?\r?\n[ ]?)$/;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

export function runsIn(text: string): readonly Run[] {
  const runs: Group[][] = [];
  let run: Group[] = [];
  let before = -1;
  for (let at = 0; at < text.length; at++) {
    if (!isDigit(text.charCodeAt(at))) continue;
    const start = at;
    while (at < text.length && isDigit(text.charCodeAt(at))) at++;
    const goesOn = before >= 0 && start - before <= MOST_BETWEEN && SEPARATOR.test(text.slice(before, start));
    if (!goesOn) runs.push((run = []));
    run.push({ start, end: at, digits: text.slice(start, at) });
    before = at;
  }
  return runs;
}

/** Those runs that have so many digits: most have fewer than anything that is looked for. */
export const withDigits = (runs: readonly Run[], fewest: number): readonly Run[] =>
  runs.filter((run) => run.reduce((total, { digits }) => total + digits.length, 0) >= fewest);

export interface Window {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
  readonly groups: number;
}

/** Digits that are written one by one, here and before: a number may begin or end between them, but not both. */
const isBetween = (run: Run, at: number): boolean => run[at]?.digits.length === 1 && run[at - 1]?.digits.length === 1;

/** The windows of a run that begin with one group and have so many digits, the longest first. */
export function windowsFrom(run: Run, first: number, [fewest, most]: readonly [number, number]): readonly Window[] {
  const windows: Window[] = [];
  const isLoose = isBetween(run, first);
  let digits = '';
  for (let at = first; at < run.length; at++) {
    digits += run[at]!.digits;
    if (digits.length > most) break;
    if (digits.length >= fewest && !(isLoose && isBetween(run, at + 1)))
      windows.push({ start: run[first]!.start, end: run[at]!.end, digits, groups: at - first + 1 });
  }
  return windows.toReversed();
}

const WORD = /[\p{L}\p{N}]/u;
/** Asked around every window: of most characters the answer is known. */
const IN_WORD = Array.from({ length: 128 }, (_, code) => WORD.test(String.fromCharCode(code)));

const isInWord = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code < 128 ? IN_WORD[code]! : WORD.test(text[at] ?? '');
};

/** Nothing that belongs to a longer word or number touches it. */
export const standsAlone = (text: string, start: number, end: number): boolean =>
  !isInWord(text, start - 1) && !isInWord(text, end);
