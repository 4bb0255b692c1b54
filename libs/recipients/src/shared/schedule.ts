// When a bot that did not take a message is asked again, and when we stop asking.
import type { RecipientOutcome } from '../contract.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * Waits before the second, third … attempt. They begin at 5 s and grow to hours, as Standard Webhooks suggests; all together they
 * span a night's outage (about 17.6 hours). After the last the message is a dead letter.
 */
export const RETRY_MS = [
  5 * SECOND,
  15 * SECOND,
  1 * MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
] as const;

/** No bot may hold a conversation longer than this by asking for it. */
const LONGEST_MS = 24 * HOUR;

/** `random` in [0, 1): a wait is spread by a fifth to either side, so that bots that come back are not all called at once. */
export interface Attempt {
  readonly code: string;
  readonly attempt: number;
  readonly random: number;
  /** Seconds, as the header says them; its other form, a date, is left to the schedule. */
  readonly retryAfter?: string | undefined;
}

/** Never sooner than the bot asked for. */
export function retryOrGiveUp({ code, attempt, random, retryAfter }: Attempt): RecipientOutcome {
  const wait = RETRY_MS[attempt - 1];
  if (wait === undefined) return { kind: 'refused', code };
  const asked = /^\d{1,9}$/.test(retryAfter ?? '') ? Number(retryAfter) * SECOND : 0;
  const spread = Math.round(wait * (0.8 + 0.4 * random));
  return { kind: 'retry', code, afterMs: Math.max(spread, Math.min(asked, LONGEST_MS)) };
}
