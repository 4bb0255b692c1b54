// Where in a document's text something stands: the place of what a JSON pointer names, and the pointer of what a place is in.
import { isMap, isNode, isScalar, isSeq, type LineCounter } from 'yaml';
import { partsOf, pointer } from './pointer.js';

/** Both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Of what is missing, the place of its parent; nothing where the document did not come as text. */
export type Places = (path: string) => Place | undefined;

export const NO_PLACES: Places = () => undefined;

interface Member {
  readonly name: string;
  readonly value: unknown;
  /** Offsets in the text: of a map's member from its key on. */
  readonly from: number;
  readonly to: number;
}

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);
const endOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[2] : undefined);

function* membersOf(node: unknown): Iterable<Member> {
  if (isMap(node))
    for (const { key, value } of node.items) {
      const from = startOf(key);
      if (from !== undefined && isScalar<string | number | boolean | null>(key))
        yield { name: String(key.value ?? ''), value, from, to: endOf(value) ?? endOf(key) ?? from };
    }
  else if (isSeq(node))
    for (const [n, value] of node.items.entries()) {
      const from = startOf(value);
      if (from !== undefined) yield { name: String(n), value, from, to: endOf(value) ?? from };
    }
}

function named(node: unknown, name: string): Member | undefined {
  for (const member of membersOf(node)) if (member.name === name) return member;
  return undefined;
}

/** What stands behind an alias is placed where the alias is. */
export const placesIn =
  (root: unknown, lines: LineCounter): Places =>
  (path) => {
    let [node, at] = [root, startOf(root) ?? 0];
    for (const part of partsOf(path)) {
      const member = named(node, part);
      if (!member) break;
      [node, at] = [member.value, member.from];
    }
    return placeOf(lines, at);
  };

export function placeOf(lines: LineCounter, at: number): Place {
  const { line, col } = lines.linePos(at);
  // An empty text has no line yet.
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

const MAX_DEPTH = 20;
/** Keys of documents are written so. What stands in another text is not repeated. */
const KEY = /^[\w.-]{1,64}$/;

/** `[a: b]`, which is also how `["a" "b"]` is read, with its mistake: the entry is named, not what it says. */
const isPairInList = (node: unknown): boolean =>
  isMap(node) && node.flow === true && startOf(node) === startOf(node.items[0]?.key);

/** The pointer of the innermost part that encloses an offset; where two meet, of the later one. */
export function pointerAt(root: unknown, at: number): string {
  const parts: string[] = [];
  for (let node = root; parts.length < MAX_DEPTH;) {
    let inner: Member | undefined;
    for (const member of membersOf(node)) if (member.from <= at && at <= member.to) inner = member;
    if (!inner || isPairInList(node) || !KEY.test(inner.name)) break;
    parts.push(inner.name);
    node = inner.value;
  }
  return pointer(...parts);
}
