// HTML made of parts that are escaped: what is interpolated is text, unless it was made by `html` itself.

export interface Html {
  readonly html: string;
}

type Part = string | number | Html | readonly Part[] | null;

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
  return 'html' in part ? part.html : part.map(written).join('');
}

export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: strings.reduce((text, string, n) => `${text}${written(parts[n - 1] ?? null)}${string}`),
});
