// A connection from which the platform takes nothing, or nothing for a while: how long those wait who need it.
import type { OpenConnection } from './tenants.js';

/** After so long somebody is the next to try, and the others wait. */
export const STOPPED_MS = 10 * 60_000;
/** What waited so long for its connection waits no more. */
export const LONGEST_HELD_MS = 24 * 3_600_000;

/** So that all who wait do not come at once. */
export const spread = (ms: number): number => Math.round(ms * (1 + Math.random() / 10));

/** How long a stopped connection is not tried by anybody; null: it is not stopped. */
export const stoppedFor = ({ stopped_at }: OpenConnection, now: number): number | null =>
  stopped_at && Math.max(0, stopped_at.getTime() + STOPPED_MS - now);

/** How long the platform told the connection to wait. */
export const pausedFor = ({ paused_until }: OpenConnection, now: number): number =>
  Math.max(0, (paused_until?.getTime() ?? 0) - now);
