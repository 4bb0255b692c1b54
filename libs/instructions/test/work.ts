// How much work something is: time of the processor, so that it does not matter who else is busy, and no machine is too slow.

/** Milliseconds of the processor, the least of several tries. */
export const workOf = (does: () => unknown, tries = 3): number =>
  Math.min(
    ...Array.from({ length: tries }, () => {
      const before = process.cpuUsage();
      does();
      return process.cpuUsage(before).user / 1000;
    }),
  );

/** What eight times as much of something may take: eight times the work, and room for collections of garbage. Squared it would be 64. */
export const eightTimes = (work: number): number => Math.max(work, 2) * 8 * 3;
