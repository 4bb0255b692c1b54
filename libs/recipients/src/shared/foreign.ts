// How answers that were not made for us are read: any of it may be missing or of another kind.

type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
export const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : []);
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value : null;

/** A text, with what may be chosen below it. */
export const say = (text: string, choices: readonly { readonly id: string; readonly title: string }[]): object => ({
  type: 'text',
  text,
  ...(choices.length === 0 ? {} : { choices }),
});

/** Adds the usual path to an address that names only a server. */
export function withPath(url: string | null, path: string): string {
  if (url === null || !URL.canParse(url)) return url ?? '';
  const { pathname } = new URL(url);
  return pathname === '/' ? new URL(path, url).href : url;
}
