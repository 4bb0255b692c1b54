// Meta's error codes for WhatsApp and what each means for sending: channels.md section 1.9 as data.
import type { PlatformError } from '#libs/kernel';
import { errorTable, type ErrorRow, type Verdict } from '../shared/graph-answer.js';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

const again = (attempts: number): Verdict => ({ kind: 'retry', attempts });
const refused = (reason: Extract<Verdict, { kind: 'refused' }>['reason']): Verdict => ({ kind: 'refused', reason });
const stopped = (reason: 'credentials' | 'restricted'): Verdict => ({ kind: 'stopped', reason });
const slower = (scope: 'pair' | 'connection', afterMs: number, growth: number): Verdict => ({
  kind: 'throttled',
  scope,
  afterMs,
  growth,
});

/** Source: Meta, error codes (March 2026); the classes are ours. */
export const ERROR_ROWS: readonly ErrorRow[] = [
  // Transient: so many attempts in all. 131057 is maintenance of about a minute, 135000 is tried once more only.
  { codes: [1, 2, 131000, 131016, 131057, 133004], means: again(5) },
  { codes: [135000], means: again(2) },

  // Too fast. 131056 is one person: 4, 16, 64 … seconds. 131048 is spam protection and lasts hours.
  { codes: [131056], means: slower('pair', 4 * SECOND_MS, 4) },
  { codes: [130429], means: slower('connection', SECOND_MS, 2) },
  { codes: [4, 80007], means: slower('connection', MINUTE_MS, 2) },
  { codes: [131048, 133016], means: slower('connection', HOUR_MS, 2) },

  // This content will never be taken.
  {
    codes: [100, 131008, 131009, 131051, 131052, 131053, 132000, 132001, 132005, 132007, 132012, 132015, 132016],
    means: refused('content'),
  },
  { codes: [132018, 132068, 132069, 134100, 134101, 134102], means: refused('content') },

  // This person cannot be reached: unknown, oneself, not allowed in tests, held back by Meta, an experiment, no user id allowed, in a
  // country to which this business may not write. The last must not stop the number: anybody from there could.
  { codes: [131021, 131026, 131030, 131049, 130472, 131062, 130497], means: refused('recipient') },
  { codes: [131047], means: refused('window-closed') },
  { codes: [131050], means: refused('opted-out') },

  // Token, permission, number or payment are not in order: nothing will work until somebody acts.
  {
    codes: [0, 3, 10, 33, 190, 131005, 131037, 131042, 131045, 133010],
    range: [200, 299],
    means: stopped('credentials'),
  },
  { codes: [100], subcode: 33, means: stopped('credentials') },
  { codes: [368, 131031], means: stopped('restricted') },

  // No-storage and local storage: Meta discarded it.
  { codes: [131035, 131036], means: refused('information-lost') },
];

export const errors = errorTable(ERROR_ROWS);

export const meaningOf = (error: PlatformError): Verdict | undefined => errors(error);
