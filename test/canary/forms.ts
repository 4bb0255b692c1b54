// The shapes in which a value may lie somewhere: raw, in base64 at every alignment, URL-encoded, in hex, in UTF-16, backwards.

export interface Needle {
  readonly canary: string;
  readonly form: string;
  readonly bytes: Buffer;
}

/**
 * What is the same of a text in base64, whatever stands around it: three alignments, each without the characters that also
 * hold bits of a neighbour.
 */
function base64Of(text: string, encoding: 'base64' | 'base64url'): readonly string[] {
  const bytes = Buffer.from(text);
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString(encoding)
      .replace(/=+$/, '');
    const from = [0, 2, 3][before]!;
    const spare = (before + bytes.length) % 3;
    return encoded.slice(from, encoded.length - (spare === 0 ? 0 : 1));
  });
}

const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** The name of a form → its encodings. */
const FORMS: Readonly<Record<string, (text: string) => readonly (string | Buffer)[]>> = {
  raw: (text) => [text],
  base64: (text) => base64Of(text, 'base64'),
  base64url: (text) => base64Of(text, 'base64url'),
  url: (text) => [encodeURIComponent(text), encodeURIComponent(text).replaceAll('%20', '+')],
  json: (text) => [JSON.stringify(text).slice(1, -1), escaped(text)],
  hex: (text) => [Buffer.from(text).toString('hex'), Buffer.from(text).toString('hex').toUpperCase()],
  utf16le: (text) => [Buffer.from(text, 'utf16le')],
  utf16be: (text) => [swapped(text)],
  reversed: (text) => [[...text].toReversed().join('')],
};

const escaped = (text: string): string =>
  text.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

export const FORM_NAMES = Object.keys(FORMS);

export const needlesOf = (canaries: readonly string[]): readonly Needle[] =>
  canaries.flatMap((canary) =>
    Object.entries(FORMS).flatMap(([form, encode]) =>
      [...new Set(encode(canary).map((found) => Buffer.from(found).toString('latin1')))].map((found) => ({
        canary,
        form,
        bytes: Buffer.from(found, 'latin1'),
      })),
    ),
  );

/** Which canaries lie in these bytes, and in which form. */
export const search = (haystack: Buffer, needles: readonly Needle[]): readonly string[] =>
  needles.filter(({ bytes }) => haystack.includes(bytes)).map(({ canary, form }) => `${canary} (${form})`);
