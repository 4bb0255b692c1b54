// What the document says of statistics: off unless switched on, by the hour or the day, over a closed list of dimensions.
import type { InstructionsDocument } from './document.js';

/** What messages may be told apart by. Each has few values of this gateway's own; none is text that a person wrote. */
export const DIMENSIONS = ['channel', 'connection', 'direction', 'content', 'language'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const BIN_UNITS = ['hour', 'day'] as const;
export type BinUnit = (typeof BIN_UNITS)[number];

/** No figure is about fewer persons, whatever a document says. */
export const SMALLEST_GROUP = 10;

export interface StatisticsPlan {
  readonly time: BinUnit;
  readonly minimumGroup: number;
  readonly dimensions: readonly Dimension[];
}

/** Null: no statistics are instructed. A value that this release does not know counts for nothing rather than for something. */
export function statisticsPlan(document: InstructionsDocument | null): StatisticsPlan | null {
  const section = document?.statistics;
  if (section?.enabled !== true) return null;
  return {
    time: section.time === 'hour' ? 'hour' : 'day',
    minimumGroup: Math.max(SMALLEST_GROUP, section.minimumGroup ?? SMALLEST_GROUP),
    dimensions: DIMENSIONS.filter((one) => (section.dimensions ?? ['channel']).includes(one)),
  };
}
