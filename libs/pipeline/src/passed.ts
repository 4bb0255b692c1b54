// What a platform answered and nothing stores, for its message alone: a message that waits for a busy recipient is looked at several times a second.
import { LRUCache } from 'lru-cache';
import type { OpenMessage } from '#libs/store';
import { contextOf, opened, seal, unseal } from '#libs/vault';
import type { TurnInHand } from './turn.js';

/** So often at most the platform is asked for the sake of one message. */
const REMEMBER_MS = 60_000;

/** What was asked for, and what of it is passed on. */
export interface Passed {
  readonly kinds: readonly string[];
  readonly passing: Readonly<Record<string, string>>;
}

/** For whom: one message, under one version, while the same purposes are open. */
export interface PassedAt {
  readonly hand: TurnInHand;
  readonly message: OpenMessage;
  readonly open: ReadonlySet<string>;
}

/** In memory, sealed under the person's key: once that is destroyed, in whichever process, nobody reads it, and a minute later it is gone. */
export function createPassed(now: () => number) {
  const kept = new LRUCache<string, Buffer>({ max: 10_000, ttl: REMEMBER_MS, ttlAutopurge: true, perf: { now } });
  const nameOf = ({ hand, message, open }: PassedAt): string =>
    [message.id, hand.instructions.version, ...[...open].toSorted()].join('|');
  const placeOf = ({ hand: { whose }, message }: PassedAt): string =>
    contextOf({ ...whose, table: 'memory', row: message.id, field: 'passing' });
  return {
    keep(at: PassedAt, passed: Passed): void {
      kept.set(nameOf(at), seal(at.hand.whose.key, JSON.stringify(passed), placeOf(at)));
    },
    /** Null: not all of these kinds were asked for. */
    of(at: PassedAt, kinds: readonly string[]): Passed['passing'] | null {
      const sealed = kept.get(nameOf(at));
      if (!sealed) return null;
      const passed = opened(() => JSON.parse(unseal(at.hand.whose.key, sealed, placeOf(at)).toString()) as Passed);
      return passed && kinds.every((kind) => passed.kinds.includes(kind)) ? passed.passing : null;
    },
  };
}
