// HTML made of parts that are escaped: what is interpolated is text, unless `markup` itself made it.

export interface Markup {
  readonly markup: string;
}

export type Part = string | number | Markup | readonly Part[] | null;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function written(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string' || typeof part === 'number')
    return String(part).replace(/[&<>"']/g, (c) => ENTITIES[c]!);
  return 'markup' in part ? part.markup : part.map(written).join('');
}

export const markup = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: strings.reduce((text, string, n) => `${text}${written(parts[n - 1] ?? null)}${string}`),
});
