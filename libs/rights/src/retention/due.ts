// When what is held of a conversation goes, if nothing more is said there: the times that stand with it. Pure.
import { createHash } from 'node:crypto';
import type { InstructionsDocument } from '#libs/instructions';
import { keptOf } from './holds.js';
import { dueAt, isReadable, nameOf, rulesOf, type Version } from './rules.js';

/** The last of its content, and the conversation with all that hangs on it. null: no line decides, or a legal hold keeps all of it. */
export interface ConversationDue {
  readonly content: Date | null;
  readonly conversation: Date | null;
}

/** Of a conversation, its last message. */
export interface Last {
  readonly at: Date;
  readonly version: number;
}

export interface Ruling {
  /** Another one as soon as it may answer otherwise: by its rules, or by what holds keep then. */
  readonly nameAt: (at: Date) => string;
  /** By the last message: of the versions that its own may come under, the earliest decides. `at`: holds have dates. */
  readonly dueOf: (last: Last, at: Date) => ConversationDue;
}

const NAMED = ['content', 'routing'] as const;

/** @param begun the versions that have begun, in that order; `document` is that of the last */
export function rulingOf(document: InstructionsDocument, begun: readonly Version[]): Ruling {
  const rules = rulesOf(begun).filter(isReadable);
  const earliest = (category: (typeof NAMED)[number], last: Last, at: Date): Date | null => {
    if (keptOf(document, at, category) === 'all') return null;
    const ruling = rules.filter((r) => r.category === category && !r.purposes && r.under.includes(last.version));
    const [first] = ruling.map(({ period }) => dueAt(last.at, period).getTime()).toSorted((a, b) => a - b);
    return first === undefined ? null : new Date(first);
  };
  return {
    nameAt: (at) => {
      const what = [rules.map(nameOf), NAMED.map((category) => keptOf(document, at, category))];
      return `due ${createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 16)}`;
    },
    dueOf: (last, at) => ({
      content: earliest('content', last, at),
      conversation: earliest('routing', last, at),
    }),
  };
}
