// The tree, computed again from every leaf that is there, beside what was stored of it.
import type { PlacedLine, Store } from '#libs/store';
import { finding, LedgerBroken, type Finding } from './findings.js';
import { hashOf } from './leaf.js';
import { grow, TILE_WIDTH, type Edge, type Tile } from './tree/edge.js';
import { HASH_BYTES } from './tree/hash.js';

const PAGE = 16 * TILE_WIDTH;

/** A tree of this size should have this root; if not, `broken` is found. */
export interface Milestone {
  readonly size: number;
  readonly root: Buffer;
  readonly broken: Finding['kind'];
}

interface Page {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly PlacedLine[];
  /** The stored leaf hashes of these positions, one after another; a missing tile leaves a hole of zeros. */
  readonly stored: Buffer;
  readonly holes: readonly number[];
}

export interface Recomputed {
  readonly root: Buffer;
  readonly findings: readonly Finding[];
}

/** `edge` is the stored right edge, whose size says how many leaves there should be. */
export async function recompute(
  store: Store,
  tenantId: string,
  { edge, milestones }: { readonly edge: Edge; readonly milestones: readonly Milestone[] },
): Promise<Recomputed> {
  const findings: Finding[] = [];
  const tree = grow();
  const due = milestones.filter(({ size }) => size <= edge.size).toSorted((a, b) => a.size - b.size);
  const pass = (): void => {
    while (due[0]?.size === tree.size) {
      const { size, root, broken } = due.shift()!;
      if (!tree.root().equals(root)) findings.push(finding(broken, size));
    }
  };
  const upper: Tile[] = [];
  pass();
  for await (const page of pages(store, tenantId, edge)) {
    findings.push(...page.holes.map((at) => finding('tile', at)), ...doubled(page));
    for (const { hash, found } of judged(page)) {
      if (found) findings.push(found);
      upper.push(...tree.add(hash).filter(({ level }) => level > 0));
      pass();
    }
  }
  const again = tree.edge();
  if (again.levels.some((level, n) => !level.equals(edge.levels[n] ?? Buffer.alloc(0))))
    findings.push(finding('head', edge.size));
  findings.push(...(await comparedTiles(store, tenantId, upper)));
  return { root: tree.root(), findings };
}

/** Per position the hash to go on with: the stored one where the leaf does not fit, so that one change is found once. */
function* judged({ from, to, lines, stored }: Page): Generator<{ hash: Buffer; found: Finding | null }> {
  let next = 0;
  for (let at = from; at < to; at += 1) {
    while (next < lines.length && lines[next]!.position < at) next += 1;
    const line = lines[next];
    const hash = stored.subarray((at - from) * HASH_BYTES, (at - from + 1) * HASH_BYTES);
    if (line?.position !== at) yield { hash, found: finding('missing', at) };
    else yield { hash, found: isHashed(line, hash) ? null : finding('altered', at) };
  }
}

function isHashed(line: PlacedLine, hash: Buffer): boolean {
  try {
    return hashOf(line).equals(hash);
  } catch (error) {
    if (error instanceof LedgerBroken) return false;
    throw error;
  }
}

/** Positions that two leaves have: only where the unique key was taken away. */
const doubled = ({ lines }: Page): Finding[] =>
  lines
    .filter(({ position }, n) => position === lines[n - 1]?.position)
    .map(({ position }) => finding('added', position));

/** Pages of leaves with their stored hashes; the next is fetched while one is worked on. */
async function* pages(store: Store, tenantId: string, edge: Edge): AsyncGenerator<Page> {
  const load = async (from: number): Promise<Page | null> => {
    if (from >= edge.size) return null;
    const to = Math.min(from + PAGE, edge.size);
    const range = { from: from / TILE_WIDTH, to: Math.ceil(to / TILE_WIDTH) };
    const [lines, tiles] = await Promise.all([
      store.placedLeaves(tenantId, from, to),
      store.ledgerTiles(tenantId, 0, range),
    ]);
    const stored = Buffer.alloc((to - from) * HASH_BYTES);
    for (const { index, hashes } of tiles) hashes.copy(stored, (index - range.from) * TILE_WIDTH * HASH_BYTES);
    const partial = edge.size % TILE_WIDTH;
    if (to === edge.size && partial > 0) edge.levels[0]!.copy(stored, stored.length - partial * HASH_BYTES);
    const full = Math.floor(to / TILE_WIDTH) - range.from;
    const there = new Set(tiles.map(({ index }) => index));
    const holes = Array.from({ length: full }, (_, n) => range.from + n).filter((index) => !there.has(index));
    return { from, to, lines, stored, holes: holes.map((index) => index * TILE_WIDTH) };
  };
  let next = load(0);
  for (let page = await next; page; page = await next) {
    next = load(page.to);
    next.catch(() => undefined); // thrown where it is awaited
    yield page;
  }
}

/** Tiles above the leaves are what proofs are made of; they follow from the leaves. */
async function comparedTiles(store: Store, tenantId: string, upper: readonly Tile[]): Promise<Finding[]> {
  const compared = upper.map(async ({ level, index, hashes }) => {
    const [stored] = await store.ledgerTiles(tenantId, level, { from: index, to: index + 1 });
    return stored?.hashes.equals(hashes) ? [] : [finding('tile', index * TILE_WIDTH ** (level + 1))];
  });
  return (await Promise.all(compared)).flat();
}
