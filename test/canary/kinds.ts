// Canaries by identifier kind: at every place where a channel says that it exposes something, a value that occurs nowhere else.
import type { ChannelAdapter } from '#libs/channels';
import { reveal, type ChannelEvent } from '#libs/kernel';
import { mid, wamid } from '../support/webhooks.js';

/** One of them is in every canary, so that few searches find all: digits where a value is a number, letters elsewhere. */
export const MARKS = { digits: '90817263', letters: 'quackenb', address: '127.90.81.72' } as const;

/** Values of a few words, or times: nobody can be told by the value, so that there is nothing to plant. */
export const WORDS: readonly string[] = [
  'whatsapp-cloud/receipts', 'whatsapp-cloud/history', 'whatsapp-cloud/forwarded', 'messenger/watermark', 'messenger/account_linking_status', 'instagram/seen',
  'web/client_capabilities',
]; // prettier-ignore

/** Ours, not the person's: random ids that the gateway made. */
export const OURS: readonly string[] = ['web/conversation_id', 'web/message_id'];

/** Not in a payload: in a file, and in what Meta posts when somebody leaves. */
export const ELSEWHERE: readonly string[] = ['web/file_metadata', 'messenger/asid', 'instagram/asid'];

const isTime = (value: string): boolean => /^1[78]\d{8}(\d{3})?$/.test(value);
const isUuid = (value: string): boolean => /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(value);

function urlFor(value: string, key: string): string {
  const url = new URL(value);
  for (const name of Object.keys(Object.fromEntries(url.searchParams)))
    url.searchParams.set(name, `${MARKS.letters}-${key}`);
  return `${url.protocol}//${url.host}/${MARKS.letters}/${key}${url.search}`;
}

/** A canary in the form of a value; null: it is a word. */
function canaryFor(value: string, key: string): string | null {
  if (value.length < 4 || isTime(value) || isUuid(value)) return null;
  if (value.startsWith('wamid.')) return wamid(`49${MARKS.digits}`);
  if (value.startsWith('m_') || value.startsWith('mid.')) return `m_${MARKS.letters}${mid().slice(-20)}`;
  if (value.startsWith('aWdf')) return `aWdf${MARKS.letters}${mid().slice(-20)}`;
  if (/^\+?\d{5,}$/.test(value)) return `${value.startsWith('+') ? '+' : ''}49${MARKS.digits}${String(key.length).padStart(2, '0')}`; // prettier-ignore
  if (/^-?\d{1,3}\.\d+$/.test(value)) return `${value.split('.')[0]}.${MARKS.digits}`;
  const user = /^[A-Z]{2}\.(ENT\.)?/.exec(value);
  if (user) return `${user[0]}49${MARKS.digits}`;
  if (/^\S+@\S+\.\S+$/.test(value)) return `${MARKS.letters}.${key}@canary.example`;
  if (URL.canParse(value) && /^https?:/.test(value)) return urlFor(value, key);
  if (/^[a-z]{2}(-[A-Z]{2})?$/.test(value)) return `de-x-${MARKS.letters}`;
  return `${MARKS.letters} ${key}`;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** The single values of an exposure: some are a whole part of the payload, as JSON. */
function leavesOf(value: unknown): readonly string[] {
  if (typeof value === 'number') return [String(value)];
  if (typeof value === 'string') {
    const inner = /^[[{]/.test(value) ? parsed(value) : null;
    if (isObject(inner)) return leavesOf(inner);
    if (/^-?\d+(\.\d+)?,-?\d+(\.\d+)?$/.test(value)) return value.split(',');
    return /^\w+=[^&]+(&\w+=[^&]+)*$/.test(value) ? [...new URLSearchParams(value).values()] : [value];
  }
  return isObject(value) ? Object.values(value).flatMap(leavesOf) : [];
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const exposedBy = (events: readonly ChannelEvent[]) =>
  events.flatMap(({ identifiers }) => identifiers.map(({ key, value }) => ({ key, value: reveal(value) })));

/** Words that structure a payload; a value that is spelt alike is not replaced where one of these stands. */
const STRUCTURE = /^(object|field|type|status|event|action|messaging_product|mime_type|direction|media)$/;

function replaced(value: unknown, by: ReadonlyMap<string, string>, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => replaced(item, by, name));
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner, by, key)])); // prettier-ignore
  if (STRUCTURE.test(name)) return value;
  if (typeof value === 'number') return by.has(String(value)) ? Number(by.get(String(value))) : value;
  if (typeof value !== 'string') return value;
  const whole = by.get(value);
  if (whole !== undefined) return whole;
  // Hidden in something longer: a name in the text of the system, a number in a card.
  return [...by].filter(([from]) => from.length >= 6).reduce((text, [from, to]) => text.replaceAll(from, to), value);
}

export interface Planted {
  readonly payload: unknown;
  /** Kinds that the payload now exposes with a canary, as `channel/key`. */
  readonly kinds: readonly string[];
}

const isMarked = (value: string): boolean =>
  Object.values(MARKS).some((mark) => value.includes(mark)) || value.startsWith('wamid.');

/** The payload with a canary wherever its channel exposes an identifier; `keep` are values that must stay, such as accounts. */
export function withKinds(adapter: ChannelAdapter, payload: unknown, keep: (value: string) => boolean): Planted {
  const now = Date.now();
  const by = new Map<string, string>();
  for (const { key, value } of exposedBy(adapter.parse(payload, now).events))
    for (const leaf of leavesOf(value).filter((one) => !keep(one))) {
      const canary = by.has(leaf) ? null : canaryFor(leaf, key);
      if (canary !== null) by.set(leaf, canary);
    }
  const planted = replaced(payload, new Map([...by].toSorted(([a], [b]) => b.length - a.length)));
  const { channel } = adapter.manifest;
  const kinds = exposedBy(adapter.parse(planted, now).events).filter(({ value }) => isMarked(value));
  return { payload: planted, kinds: [...new Set(kinds.map(({ key }) => `${channel}/${key}`))] };
}
