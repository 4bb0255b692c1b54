// Runs of digit groups: "0176 123-45 67" is one run of four groups. Phones, cards and ids are windows of such runs.

export interface Group {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
}
/** Groups that stand together: nothing but separators between them. */
export type Run = readonly Group[];

const GROUP = /\d+/g;
/** Blanks, dots, slashes, brackets, or one line break: four characters at most. */
const SEPARATOR = /^(?:[ .\-/()_·]{1,4}|[ ]?\r?\n[ ]?|)$/;

export function runsIn(text: string): readonly Run[] {
  const runs: Group[][] = [];
  for (const match of text.matchAll(GROUP)) {
    const group = { start: match.index, end: match.index + match[0].length, digits: match[0] };
    const last = runs.at(-1)?.at(-1);
    if (last && group.start - last.end <= 4 && SEPARATOR.test(text.slice(last.end, group.start)))
      runs.at(-1)!.push(group);
    else runs.push([group]);
  }
  return runs;
}

export interface Window {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
  readonly groups: number;
}

/** The windows of a run that begin with one group and have so many digits, the longest first. */
export function windowsFrom(run: Run, first: number, [fewest, most]: readonly [number, number]): readonly Window[] {
  const windows: Window[] = [];
  let digits = '';
  for (let at = first; at < run.length; at++) {
    digits += run[at]!.digits;
    if (digits.length > most) break;
    if (digits.length >= fewest)
      windows.unshift({ start: run[first]!.start, end: run[at]!.end, digits, groups: at - first + 1 });
  }
  return windows;
}

const WORD = /[\p{L}\p{N}]/u;

/** Nothing that belongs to a longer word or number touches it. */
export const standsAlone = (text: string, start: number, end: number): boolean =>
  !WORD.test(text[start - 1] ?? '') && !WORD.test(text[end] ?? '');
