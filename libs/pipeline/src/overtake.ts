// What takes something back or exercises a right goes before all else: it is effective before the next message of ours is sent, and waits for no bot.
import { intentOf, isClaim as claims, refusedBy } from '#libs/instructions';
import { isOwnChoice } from '#libs/kernel';
import type { OpenMessage } from '#libs/store';
import { opened } from '#libs/vault';
import { openBody } from './body.js';
import { saidOf } from './said.js';
import type { TurnInHand } from './turn.js';

/** `claim`: it takes something back or exercises a right. `word`: it is for the gateway itself, too, and no bot will be given it. */
type Meant = 'claim' | 'word' | null;

/** To read for wishes takes longer than to look up what was found. */
const known = new WeakMap<OpenMessage, Meant>();

function read({ whose, instructions }: TurnInHand, { id, direction, body, type, waiting }: OpenMessage): Meant {
  if (!body || direction === 'out' || type !== 'message' || waiting !== null) return null;
  const { text, choice } = saidOf(opened(() => openBody(whose, id, body))?.content ?? null);
  const found = intentOf(text ?? '', instructions.keywords);
  if (refusedBy(choice) !== null || (found?.sure && claims(found))) return 'claim';
  return found?.sure || (choice !== null && isOwnChoice(choice)) ? 'word' : null;
}

function meantBy(hand: TurnInHand, message: OpenMessage): Meant {
  const meant = known.has(message) ? known.get(message)! : read(hand, message);
  known.set(message, meant);
  return meant;
}

const isClaim = (hand: TurnInHand, message: OpenMessage): boolean => meantBy(hand, message) === 'claim';

/** It goes before nothing, whatever comes after it. */
export const asksNothing = (hand: TurnInHand, message: OpenMessage): boolean => meantBy(hand, message) === null;

/**
 * Words for the gateway keep their order: who agreed before a word to stop has not agreed after it. Those that wait for a bot keep
 * theirs, because none of these goes there.
 * @returns what is worked on before `due`; null: nobody takes anything back
 */
export function overtaking(hand: TurnInHand, open: readonly OpenMessage[], due: OpenMessage): OpenMessage | null {
  // It is the next anyway.
  if (open.length === 1 && hand.turn.rests_ms === 0) return null;
  const theirs = open.filter(({ direction }) => direction === 'in');
  const last = theirs.findLastIndex((message) => isClaim(hand, message));
  const first = theirs.slice(0, last + 1).find((message) => meantBy(hand, message) !== null);
  if (first === undefined) return null;
  // The first notice goes before the message that it was given for, if it can go.
  return due.reply_to === first.id && hand.turn.ours_rest_ms === 0 ? null : first;
}

/** Where nothing else is new, so many that they hide what comes after them: the first of them is worked on. */
export function wordsAlone(hand: TurnInHand, open: readonly OpenMessage[]): OpenMessage | null {
  const fresh = open.filter(({ unheard }) => unheard);
  return fresh.some((message) => asksNothing(hand, message)) ? null : (fresh[0] ?? null);
}
