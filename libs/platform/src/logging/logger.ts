// The logger: event codes of the catalogue with fields of the allow-list. There is no way to log a free string.
import pino, { type DestinationStream } from 'pino';
import type { LogFormat, LogLevel } from '../config/variables.js';
import { EVENTS, type EventCode, type Level } from './catalogue.js';
import { writeFields, type Fields, type Safe } from './fields.js';
import { asText } from './text.js';

type Log = <const F extends Fields>(event: EventCode, fields?: F & Safe<F>) => void;

export interface Logger {
  readonly debug: Log;
  readonly info: Log;
  readonly warn: Log;
  readonly error: Log;
  /** Logs at the level that the catalogue gives the event. */
  readonly event: Log;
}

export interface LoggerOptions {
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  /** Where lines go; standard output unless given. */
  readonly to?: DestinationStream & { readonly isTTY?: boolean };
}

/** JSON lines, or short readable ones on a terminal. Writes are synchronous: what was logged before a crash is there. */
export function createLogger(options: LoggerOptions): Logger {
  const to = options.to ?? pino.destination({ dest: 1, sync: true });
  const isTerminal = options.to ? options.to.isTTY === true : process.stdout.isTTY === true;
  const readable = options.logFormat === 'text' || (options.logFormat === 'auto' && isTerminal);
  const lines = pino(
    {
      level: options.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    readable ? { write: (line: string) => to.write(asText(line)) } : to,
  );
  const at =
    (level: (event: EventCode) => Level): Log =>
    (event, fields) => {
      // An event that is not in the catalogue can only come past the compiler: it is not written.
      if (!Object.hasOwn(EVENTS, event)) return;
      lines[level(event)]({ event, ...(fields ? writeFields(fields) : {}) });
    };
  return {
    debug: at(() => 'debug'),
    info: at(() => 'info'),
    warn: at(() => 'warn'),
    error: at(() => 'error'),
    event: at((event) => EVENTS[event]),
  };
}
