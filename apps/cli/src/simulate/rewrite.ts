// A case file becomes a fresh webhook of one connection: its account, new message ids, today's time.
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface Rewriting {
  /** Accounts, and holders of accounts, that the case names → the connection's own. */
  readonly own: ReadonlyMap<string, string>;
  /** ms since epoch. */
  readonly now: number;
  /** Makes a message id that was never seen, like the one it replaces. */
  readonly freshId: (old: string) => string;
}

/** As platforms begin them: WhatsApp, Messenger now and formerly, Instagram. */
const MESSAGE_ID = /^(wamid\.|m_|mid\.|aWdf)/;
const TIME_KEYS = new Set(['time', 'timestamp', 'watermark']);
/** Later than any number of seconds, earlier than any number of ms, that is a date in our lifetime. */
const FIRST_MS = 100_000_000_000;

const isTime = (key: string, value: Json): value is number | string =>
  TIME_KEYS.has(key) && (typeof value === 'number' || (typeof value === 'string' && /^\d{10,13}$/.test(value)));

const toMs = (value: number | string): number => (Number(value) < FIRST_MS ? Number(value) * 1000 : Number(value));

function timesIn(value: Json, key = ''): readonly number[] {
  if (isTime(key, value)) return [toMs(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Array.isArray(value)
    ? value.flatMap((item: Json) => timesIn(item))
    : Object.entries(value).flatMap(([name, item]) => timesIn(item, name));
}

function shifted(value: number | string, byMs: number): number | string {
  const ms = toMs(value) + byMs;
  const result = Number(value) < FIRST_MS ? Math.floor(ms / 1000) : ms;
  return typeof value === 'string' ? String(result) : result;
}

/** The payload for one connection. The latest time in it becomes now; earlier ones keep their distance. */
export function rewrite(payload: Json, rewriting: Rewriting): Json {
  const times = timesIn(payload);
  const shift = times.length === 0 ? 0 : rewriting.now - Math.max(...times);
  const ids = new Map<string, string>();
  const freshId = (old: string): string => {
    const fresh = ids.get(old) ?? rewriting.freshId(old);
    ids.set(old, fresh);
    return fresh;
  };
  const walk = (value: Json, key: string): Json => {
    if (isTime(key, value)) return shifted(value, shift);
    if (typeof value === 'string') {
      const own = rewriting.own.get(value);
      if (own !== undefined) return own;
      return MESSAGE_ID.test(value) ? freshId(value) : value;
    }
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item: Json) => walk(item, key));
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, name)]));
  };
  return walk(payload, '');
}

export type { Json };
