// A conversation is worked on where it was found, when a hand is free there; the queue is for what must wait or go elsewhere.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger, Wake } from '#libs/platform';

export type Process = (tenantId: string, conversationId: string) => Promise<void>;
export type WakeAll = (conversations: readonly Wake[]) => void;

export interface AtOnce {
  readonly wake: WakeAll;
  /** For one that the queue brings: waits until a hand is free and has it begun. While closing it goes back into the queue. */
  take(wake: Wake): Promise<void>;
  /** While something outside is waited for, the hand is free for another conversation: who is slow holds up only its own. */
  aside<T>(call: () => Promise<T>): Promise<T>;
  /** From now on, so many conversations at a time. */
  start(process: Process, hands: number): void;
  /** Begins nothing more, and waits for what runs. */
  close(): Promise<void>;
}

/** So many times as many conversations as hands are in memory, those that wait for others among them. */
const MOST_IN_ALL = 10;

/**
 * The lease of a turn keeps two processes from one conversation, so nothing is lost or doubled by not asking the queue first: a
 * wake that comes while the conversation is worked on makes it worked on once more.
 */
export function createAtOnce(queue: WakeAll, log: Logger): AtOnce {
  /** Conversations that are worked on here, and whether they were woken meanwhile. */
  const again = new Map<string, boolean>();
  const running = new Set<Promise<void>>();
  /** Those for whom no hand was free, in order. */
  const inLine: (() => void)[] = [];
  let begin: ((wake: Wake) => boolean) | null = null;
  let waiting = 0;

  async function work(process: Process, { tenantId, conversationId }: Wake): Promise<void> {
    do {
      again.set(conversationId, false);
      try {
        await process(tenantId, conversationId);
      } catch (error) {
        log.error('job.failed', { tenantId, conversationId, attempt: 1, error });
        queue([{ tenantId, conversationId, delayMs: 1_000 }]);
      }
      // One that wakes itself again and again must not keep others from their turn.
      await nextTurn();
    } while (again.get(conversationId));
    again.delete(conversationId);
    inLine.shift()?.();
  }

  return {
    wake(conversations) {
      const left = conversations.filter((one) => (one.delayMs ?? 0) > 0 || !begin?.(one));
      if (left.length > 0) queue(left);
    },
    async take(wake) {
      while (begin && !begin(wake)) await new Promise<void>((resolve) => inLine.push(resolve));
      if (!begin) queue([wake]);
    },
    async aside(call) {
      waiting += 1;
      inLine.shift()?.();
      try {
        return await call();
      } finally {
        waiting -= 1;
      }
    },
    start(process, hands) {
      begin = (wake) => {
        if (again.has(wake.conversationId)) return Boolean(again.set(wake.conversationId, true));
        if (again.size - waiting >= hands || again.size >= hands * MOST_IN_ALL) return false;
        const done = work(process, wake).finally(() => running.delete(done));
        running.add(done);
        return true;
      };
    },
    async close() {
      begin = null;
      inLine.splice(0).forEach((goOn) => goOn());
      await Promise.all(running);
    },
  };
}
