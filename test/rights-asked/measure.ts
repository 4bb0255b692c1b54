// Labelled messages, and how many that ask for a right are understood as asking for it; and of others, how many are mistaken for that.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { intentOf } from '#libs/instructions';
import type { Score } from '../detection/measure.js';

export const LANGUAGES = ['de', 'en', 'es', 'fr', 'it', 'nl', 'pl', 'pt'] as const;
export type Language = (typeof LANGUAGES)[number];
/** `cases` may be looked at while phrases are made; `held-out` only says what came of it. */
export type Part = 'cases' | 'held-out';

export const RIGHTS = ['access', 'rectify', 'restrict', 'port', 'object', 'erase'] as const;
export type Right = (typeof RIGHTS)[number];
export type Messages = Readonly<Record<Right | 'none', readonly string[]>>;

export const messagesOf = (part: Part, language: Language): Messages =>
  JSON.parse(readFileSync(join('test', 'rights-asked', part, `${language}.json`), 'utf8')) as Messages;

/** What the gateway takes up itself, instead of giving the message to the bot: only what is surely meant. */
export function takenUp(text: string): string | null {
  const found = intentOf(text);
  if (!found?.sure) return null;
  return found.objects ? 'object' : found.intent;
}

export interface Judged {
  readonly rights: Readonly<Record<Right, Score>>;
  /** Of messages that ask for no right, how many are taken for any wish. */
  readonly mistaken: { readonly n: number; readonly of: number };
  readonly misses: readonly string[];
}

export function judge(messages: Messages): Judged {
  const all = [...RIGHTS, 'none' as const].flatMap((label) =>
    messages[label].map((text) => ({ label, text, taken: takenUp(text) })),
  );
  const scoreOf = (right: Right): Score => {
    const covered = all.filter(({ label, taken }) => label === right && taken === right).length;
    const found = all.filter(({ taken }) => taken === right).length;
    return { marked: messages[right].length, covered, found, right: covered };
  };
  const others = all.filter(({ label }) => label === 'none');
  return {
    rights: Object.fromEntries(RIGHTS.map((right) => [right, scoreOf(right)])) as Judged['rights'],
    mistaken: { n: others.filter(({ taken }) => taken !== null).length, of: others.length },
    misses: all
      .filter(({ label, taken }) => taken !== (label === 'none' ? null : label))
      .map(({ label, taken, text }) => `${label}, taken for ${taken}: ${text}`),
  };
}
