// Long lists are worked through in pieces: one request with thousands of messages must not keep all others waiting.
import { setImmediate as nextTurn } from 'node:timers/promises';

/** So few are done at once. */
export const FEW = 16;
/** Ms at a time. */
const PIECE_MS = 5;

async function pieces<A, B>(list: readonly A[], of: (one: A) => B): Promise<readonly B[]> {
  const made: B[] = [];
  let began = performance.now();
  for (const one of list) {
    if (performance.now() - began > PIECE_MS) {
      await nextTurn();
      began = performance.now();
    }
    made.push(of(one));
  }
  return made;
}

export const inPieces = <A, B>(list: readonly A[], of: (one: A) => B): readonly B[] | Promise<readonly B[]> =>
  list.length <= FEW ? list.map(of) : pieces(list, of);
