// After keys were destroyed: the files that held them are written anew, so that no copy of the disk opens what was erased (docs/decisions/0004).
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '#libs/platform';
import type { Store } from '#libs/store';

export interface DestroyedKeysDeps {
  readonly store: Pick<Store, 'destroyedKeys' | 'rewriteKeys' | 'dropWrittenAhead' | 'forgetDestroyedKeys'>;
  readonly log: Logger;
  readonly now: () => number;
}

/** A destroyed key is in no file any more after this time; certificates say so. */
export const KEY_GONE_WITHIN_MS = 3_600_000;

/** A table in use is let go at once and tried again; whoever looks at what was destroyed is given time to end. */
const TRIES = 20;
const PAUSE_MS = 500;

export function createDestroyedKeys({ store, log, now }: DestroyedKeysDeps) {
  async function rewritten(): Promise<boolean> {
    let left: readonly string[] | undefined;
    for (let n = 0; n < TRIES; n += 1) {
      if (n > 0) await pause(PAUSE_MS);
      left = await store.rewriteKeys(left);
      if (left.length === 0) return true;
    }
    return false;
  }

  /** To be called again and again, by one process at a time. What ends in between is done anew. */
  return async function run(): Promise<void> {
    const { ids, since } = await store.destroyedKeys();
    if (since === null) return;
    const began = now();
    if (!(await rewritten())) {
      const waits = now() - since.getTime();
      if (waits > KEY_GONE_WITHIN_MS) log.warn('keys.in-use', { ms: waits });
      return;
    }
    const writtenAhead = (await store.dropWrittenAhead()) ? 'dropped' : 'kept-by-server';
    await store.forgetDestroyedKeys(ids);
    log.info('keys.rewritten', { count: ids.length, ms: now() - began, code: writtenAhead });
  };
}
