// Sizes and rates of the Direct Line surface.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Problem } from '#libs/kernel';

export interface DirectLineLimits {
  /** Largest activity in bytes. */
  readonly activityBytes: number;
  /** Longest text of an activity, in characters; beyond that all of it would be withheld where texts are looked through. */
  readonly textLength: number;
  /** Largest file and all files of one activity, in bytes; files of one activity. */
  readonly fileBytes: number;
  readonly uploadBytes: number;
  readonly files: number;
  /** Forms in memory at once, in bytes, of all conversations; and how long one may take to arrive, in ms. */
  readonly formsInHand: number;
  readonly formMs: number;
  /** Activities of one conversation per minute. */
  readonly activitiesPerMinute: number;
  /** New conversations per minute from one address at one site. */
  readonly tokensPerMinute: number;
  /** Streams of one conversation, at one process. */
  readonly streams: number;
  /** How long a stream may take to read what was written to it, in ms: then it is dropped and comes back with its watermark. */
  readonly stallMs: number;
  /** Pings, in ms. */
  readonly heartbeatMs: number;
}

const MiB = 1024 * 1024;

export const LIMITS: DirectLineLimits = {
  activityBytes: 256 * 1024,
  textLength: 10_000,
  fileBytes: 10 * MiB,
  uploadBytes: 20 * MiB,
  files: 5,
  formsInHand: 256 * MiB,
  formMs: 60_000,
  activitiesPerMinute: 120,
  tokensPerMinute: 600,
  streams: 5,
  stallMs: 30_000,
  heartbeatMs: 25_000,
};

/** Counts in the memory of this process: addresses are never stored. @throws Problem too-many-requests */
export function createRate(perMinute: number): (key: string) => Promise<void> {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return async (key) => {
    try {
      await limiter.consume(key);
    } catch (full) {
      if (!(full instanceof RateLimiterRes)) throw full;
      throw new Problem('too-many-requests', undefined, {
        retryAfterSeconds: Math.max(1, Math.ceil(full.msBeforeNext / 1000)),
      });
    }
  };
}
