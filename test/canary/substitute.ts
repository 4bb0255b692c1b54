// Canaries: values that occur nowhere else, put into the cases of the channels in place of what people would have there.
import { randomUUID } from 'node:crypto';
import { igMid, mid, wamid } from '../support/webhooks.js';

export const CANARY = {
  name: 'Zebulon Quackenbush-Ötvös',
  text: 'quince marmalade, très secret',
  phone: '4915199887766',
  user: 'DE.77700011122233344',
  psid: '24680135791357913',
  username: 'zebulon.quackenbush',
  mail: 'zebulon@canary-mail.example',
  file: 'passport-scan-of-zebulon.pdf',
  visitor: 'dl_canary_visitor_998877',
  agent: 'CanaryBrowser/9.17 (Quackenbush)',
  page: 'https://canary-page.example/patients/zebulon',
  payload: 'canary-payload-55443322',
} as const;

export const CANARIES: readonly string[] = Object.values(CANARY);

/** Of the platform, not of a person: where a value is one of a list of words. */
const VOCABULARY =
  /^(object|field|type|status|event|action|messaging_product|mime_type|category|language|direction|reason|state)$/;
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [/^(user_?id|from_user_id|.*_user_id|bsuid)$/, CANARY.user],
  [/(^|_)name$|^formatted_name$|vcard|^title$/, CANARY.name],
  [/username/, CANARY.username],
  [/mail/, CANARY.mail],
  [/file_?name/, CANARY.file],
  [/payload|^ref$|referer|source_id|ctwa|^url$|link/, CANARY.payload],
];

const isNumber = (value: string): boolean => /^\+?\d{8,}$/.test(value);
const isTime = (value: string): boolean => /^1[78]\d{8}(\d{3})?$/.test(value);

export interface Place {
  /** Accounts that cases name → the connection's own. */
  readonly account: string;
  readonly isAccount: (value: string) => boolean;
}

function textFor(key: string, value: string, { account, isAccount }: Place): string {
  if (isAccount(value)) return account;
  if (VOCABULARY.test(key) || isTime(value) || value === '') return value;
  if (value.startsWith('wamid.')) return wamid(CANARY.phone);
  if (value.startsWith('m_')) return mid();
  if (value.startsWith('aWdf')) return igMid();
  if (/^[0-9a-f]{8}-/.test(value)) return randomUUID();
  const fitting = TEXTS.find(([keys]) => keys.test(key));
  if (fitting) return fitting[1];
  if (isNumber(value)) return key === 'id' && /^[67]/.test(account) ? CANARY.psid : CANARY.phone;
  if (/^DE\.|^US\./.test(value)) return CANARY.user;
  return /^(body|text|caption|description|address|emoji|details|message|question)$/.test(key) ? CANARY.text : value;
}

/** The payload with a canary wherever a person's data was. */
export function withCanaries(value: unknown, place: Place, key = ''): unknown {
  if (typeof value === 'string') return textFor(key, value, place);
  if (Array.isArray(value)) return value.map((item) => withCanaries(item, place, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withCanaries(inner, place, name)]));
}
