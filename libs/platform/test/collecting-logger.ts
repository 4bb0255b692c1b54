// A logger whose lines a test can look at.
import { createLogger, type Logger } from '#libs/platform';

export interface Collected {
  readonly log: Logger;
  /** All that was written. */
  text(): string;
  /** The event codes, in order. */
  lines(): readonly string[];
}

export function collectingLogger(): Collected {
  let text = '';
  const log = createLogger({ logLevel: 'debug', logFormat: 'json', to: { write: (line) => void (text += line) } });
  const parsed = (): readonly { readonly event: string }[] =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { event: string });
  return { log, text: () => text, lines: () => parsed().map(({ event }) => event) };
}
