// Texts: placeholders filled from the document, and the documented order in which a language is chosen.
import { createHash } from 'node:crypto';
import type { CompiledInstructions, FilledText } from './decision.js';
import type { Incomplete, InstructionsDocument, Parties } from './document.js';
import { pointer } from './pointer.js';

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const PLACEHOLDER = /\{([A-Za-z][A-Za-z.]*)\}/g;

/** The languages of a text clause: its keys that are language codes and hold a text. */
export const languagesOf = (text: Readonly<Record<string, unknown>>): [string, string][] =>
  Object.entries(text).filter((e): e is [string, string] => LANGUAGE.test(e[0]) && typeof e[1] === 'string');

/** `pt` of `pt-BR`. */
export const languageOf = (tag: string): string => tag.toLowerCase().split('-')[0]!;

type Named = Incomplete<Parties> | undefined;

const valuesOf = (parties: Named, privacyPage: string): Readonly<Record<string, string | undefined>> => ({
  'controller.name': parties?.controller?.name,
  'controller.contact': parties?.controller?.contact,
  'controller.address': parties?.controller?.address,
  'controller.country': parties?.controller?.country,
  'representative.name': parties?.representative?.name,
  'representative.contact': parties?.representative?.contact,
  'dpo.name': parties?.dpo?.name,
  'dpo.contact': parties?.dpo?.contact,
  'authority.name': parties?.authority?.name,
  'authority.contact': parties?.authority?.contact,
  privacyPage,
});

/** The placeholders of a text, and whether the document has something to put there. */
export function placeholdersOf(body: string, parties: Named): { readonly name: string; readonly known: boolean }[] {
  const values = valuesOf(parties, '-');
  return [...body.matchAll(PLACEHOLDER)].map(([, name = '']) => ({ name, known: Object.hasOwn(values, name) && values[name] !== undefined })); // prettier-ignore
}

/** Fills `{controller.name}` and the like; what the document does not know becomes empty, and the linter says so. */
export function fill(body: string, parties: Named, privacyPage: string): string {
  const values = valuesOf(parties, privacyPage);
  return body.replace(PLACEHOLDER, (_, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? '') : '')).trim();
} // prettier-ignore

/** Every text of the document in every language, with the hash that proves what was shown (Art. 13). */
export function fillTexts(document: InstructionsDocument, privacyPage: string): CompiledInstructions['texts'] {
  const texts: Record<string, Record<string, FilledText>> = {};
  for (const [name, clause] of Object.entries(document.texts)) {
    const languages: Record<string, FilledText> = {};
    for (const [language, text] of languagesOf(clause)) {
      const body = fill(text, document.parties, privacyPage);
      const hash = createHash('sha256').update(body).digest('hex');
      languages[language] = { language, body, hash, clause: pointer('texts', name, language) };
    }
    texts[name] = languages;
  }
  return texts;
}

/**
 * A text in the language of the person. Order: the exact tag, its base language, English, the first language of the
 * document. @returns null when there is no such text.
 */
export function notice(compiled: CompiledInstructions, name: string, language?: string | null): FilledText | null {
  const text = Object.hasOwn(compiled.texts, name) ? compiled.texts[name] : undefined;
  if (!text) return null;
  const all = Object.values(text);
  const find = (tag: string | undefined): FilledText | undefined => all.find((t) => t.language.toLowerCase() === tag);
  const wanted = language?.toLowerCase();
  return find(wanted) ?? find(wanted && languageOf(wanted)) ?? find('en') ?? all[0] ?? null;
}
