// What the sections `specialCategories` and `criminalData` make of a message: what was found in it, what is left of it, what follows.
import type { Content } from '#libs/kernel';
import type { InstructionsDocument, Sensitive } from '../document.js';
import { REPEATING } from '../guards.js';
import { pointer } from '../pointer.js';
import { findSensitive, type FoundTerm } from './find.js';
import type { SensitiveKind } from './terms/list.js';
import { inValue, mapTexts } from './texts.js';

export type SensitiveSection = 'specialCategories' | 'criminalData';

/** One of the two sections, as compiled. */
export interface CompiledSensitive {
  readonly section: SensitiveSection;
  readonly mode: Sensitive['mode'];
  /** Id of the text that the person is told; null: the built-in one, where the mode tells at all. */
  readonly text: string | null;
  /** ISO 8601: by then the message is deleted. */
  readonly purgeWithin: string | null;
  readonly clause: string;
}

/** Stands where something was taken out. It does not name the kind: that somebody is ill would still be told. */
const REMOVED = '[removed]';

/** Not written is the strictest: people are told not to write of such things here, and the terms are taken out. */
const compiled = (document: InstructionsDocument, section: SensitiveSection): CompiledSensitive => {
  const given = document[section];
  return {
    section,
    mode: given?.mode ?? 'forbid',
    text: given?.text ?? null,
    purgeWithin: given?.purgeWithin ?? null,
    clause: given ? pointer(section) : `default:${section}`,
  };
};

export const sensitiveOf = (document: InstructionsDocument): readonly CompiledSensitive[] => [
  compiled(document, 'specialCategories'),
  compiled(document, 'criminalData'),
];

const sectionOf = (kind: SensitiveKind): SensitiveSection =>
  kind === 'criminal' ? 'criminalData' : 'specialCategories';

/** Allowed without a text and without a time to delete: nobody needs to know whether there is any. */
const matters = ({ mode, text, purgeWithin }: CompiledSensitive): boolean =>
  mode !== 'allow' || text !== null || purgeWithin !== null;

export interface Screened {
  /** What is left of the content: the very same when nothing had to go. */
  readonly content: Content;
  /** The sections that something was found for. */
  readonly found: readonly CompiledSensitive[];
  /** What the person seems to speak, going by the words that were found. */
  readonly language: string | null;
}

function without(text: string, found: readonly FoundTerm[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of found) {
    parts.push(text.slice(from, start), REMOVED);
    from = end;
  }
  return parts.join('') + text.slice(from);
}

/** Where nobody can be told, nor comes back to delete in time: then it is taken out, unless it may stay without either. */
export const unattendedSections = (sections: readonly CompiledSensitive[]): readonly CompiledSensitive[] =>
  sections.map((one) =>
    one.mode === 'allow' && one.purgeWithin === null ? { ...one, text: null } : { ...one, mode: 'forbid' },
  );

/** What is left of one text after the other, and what was found in all of them. */
function screener(sections: readonly CompiledSensitive[]) {
  const looked = new Map(sections.filter(matters).map((one) => [one.section, one]));
  const found = new Set<CompiledSensitive>();
  let language: string | null = null;
  return {
    leftOf(text: string): string {
      const here = findSensitive(text, (kind) => looked.has(sectionOf(kind)));
      for (const { kind } of here) found.add(looked.get(sectionOf(kind))!);
      language ??= here[0]?.language ?? null;
      return without(
        text,
        here.filter(({ kind }) => looked.get(sectionOf(kind))!.mode === 'forbid'),
      );
    },
    seen: () => ({ found: [...found], language }),
    isChanged: () => [...found].some(({ mode }) => mode === 'forbid'),
  };
}

export function screen(content: Content, sections: readonly CompiledSensitive[]): Screened {
  const by = screener(sections);
  const left = mapTexts(content, by.leftOf);
  return { content: by.isChanged() ? left : content, ...by.seen() };
}

/** A message as it is held: values beside its content may repeat what that says. */
interface Written {
  readonly content: Content | null;
  readonly identifiers: Readonly<Record<string, string>>;
  /** Those that are not held as they were exposed say nothing. */
  readonly forms?: Readonly<Record<string, unknown>>;
  readonly passing?: Readonly<Record<string, string>>;
}

/** @returns `left` is the very same message when nothing had to go. */
export function screenWritten<W extends Written>(
  written: W,
  sections: readonly CompiledSensitive[],
): Omit<Screened, 'content'> & { readonly left: W } {
  const by = screener(sections);
  const beside = (values: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(values).map(([key, value]) =>
        REPEATING.has(key) && written.forms?.[key] === undefined ? [key, inValue(value, by.leftOf)] : [key, value],
      ),
    );
  const left = {
    ...written,
    content: written.content && mapTexts(written.content, by.leftOf),
    identifiers: beside(written.identifiers),
    ...(written.passing ? { passing: beside(written.passing) } : {}),
  };
  return { left: by.isChanged() ? left : written, ...by.seen() };
}
