// A channel's settings, read against what the channel says of them: data in, settings and secrets apart, or what is wrong.
import type { ChannelAdapter, Setting } from '#libs/channels';
import type { InputError } from '#libs/kernel';

const LONGEST_TEXT = 4096;
const MOST_ITEMS = 100;
/** Visible characters and spaces: identifiers, tokens and addresses have no others. */
const TEXT = /^[\x20-\x7e]+$/;

type Value = string | readonly string[];
export type ReadSettings =
  | { readonly settings: Readonly<Record<string, Value>>; readonly secrets: Readonly<Record<string, string>> }
  | { readonly errors: readonly InputError[] };

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= LONGEST_TEXT && TEXT.test(value) && value.trim() !== '';

const isValid = (setting: Setting, value: unknown): value is Value =>
  setting.type === 'string'
    ? isText(value)
    : Array.isArray(value) && value.length > 0 && value.length <= MOST_ITEMS && value.every(isText);

const WRONG = {
  string: `Must be a text of 1 to ${LONGEST_TEXT} visible characters.`,
  'string[]': `Must be a list of 1 to ${MOST_ITEMS} texts.`,
} as const satisfies Record<Setting['type'], string>;

function wrongWith(setting: Setting, given: Readonly<Record<string, unknown>>): InputError | null {
  const path = `/settings/${setting.key}`;
  if (!Object.hasOwn(given, setting.key)) return setting.required ? { path, detail: 'Is required.' } : null;
  return isValid(setting, given[setting.key]) ? null : { path, detail: WRONG[setting.type] };
}

export function readSettings(adapter: ChannelAdapter, given: Readonly<Record<string, unknown>>): ReadSettings {
  const known = adapter.settings;
  const errors = known.map((setting) => wrongWith(setting, given)).filter((error) => error !== null);
  const unknown = Object.keys(given).filter((key) => !known.some((setting) => setting.key === key));
  if (unknown.length > 0)
    errors.push({
      path: '/settings',
      detail: `Has ${unknown.length} unknown. Known are: ${known.map((setting) => setting.key).join(', ')}.`,
    });
  if (errors.length > 0) return { errors };
  const present = known.filter((setting) => Object.hasOwn(given, setting.key));
  const pick = (secret: boolean): Record<string, Value> =>
    Object.fromEntries(present.filter((s) => s.secret === secret).map((s) => [s.key, given[s.key] as Value]));
  return { settings: pick(false), secrets: pick(true) as Record<string, string> };
}
