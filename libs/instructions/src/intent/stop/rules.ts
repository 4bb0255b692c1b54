// How a wish to hear no more is told from other messages, in one language. Over normalised text: no accents, no punctuation.

export interface StopRules {
  /** Means it whatever else is said. */
  readonly certain: RegExp;
  /** Means it, unless something is spoken of that a business is asked not to do for other reasons: to deliver, to ring. */
  readonly likely: RegExp;
  readonly unless: RegExp;
}

const whole = (patterns: readonly string[]): RegExp => new RegExp(patterns.map((one) => `(?:${one})`).join('|'));

/** `N` in a pattern stands for the nouns: what one does not want to get. All gaps are bounded, so that time grows with the length only. */
export function stopRules(given: {
  readonly nouns: string;
  readonly certain: readonly string[];
  readonly likely: readonly string[];
  readonly unless: string;
}): StopRules {
  const filled = (patterns: readonly string[]): string[] =>
    patterns.map((one) => one.replaceAll('<N>', `(?:(?:${given.nouns})\\b)`));
  return {
    certain: whole(filled(given.certain)),
    likely: whole(filled(given.likely)),
    unless: new RegExp(`\\b(?:${given.unless})\\b`),
  };
}

export const isStop = (said: string, { certain, likely, unless }: StopRules): boolean =>
  certain.test(said) || (likely.test(said) && !unless.test(said));
