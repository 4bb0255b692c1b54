// Where a person is mentioned in what others wrote: by their own identifiers and names, in the ways people write them. Pure.
import { detector, regionOfNumber, treatContent, type Detector } from '#libs/instructions';
import { isFields, type Content } from '#libs/kernel';

const SHORTEST = 3;
const INSTEAD = '[…]';
const WORDS = ['text', 'caption', 'header', 'footer'] as const;
/** Of what was kept beside a message: what people are called, and where they are reached. */
const TELLING = /name|phone|email|number|handle/;

/** Words by which the person is known: from the look-up, and from what instructions kept beside their messages. */
export function wordsOf(identifiers: readonly string[], bodies: readonly unknown[]): string[] {
  const beside = bodies.flatMap((body) => {
    const kept = isFields(body) && isFields(body['identifiers']) ? body['identifiers'] : {};
    return Object.entries(kept).flatMap(([kind, value]) =>
      TELLING.test(kind) && typeof value === 'string' ? [value] : [],
    );
  });
  return [
    ...new Set([...identifiers, ...beside].map((word) => word.trim()).filter(({ length }) => length >= SHORTEST)),
  ];
}

/** Takes an opened body and answers it without the person; null: they are not in it. */
export type WithoutPerson = (body: unknown) => unknown;

export function withoutPerson(words: readonly string[], country: string | null): WithoutPerson {
  const regions = [...words.map(regionOfNumber), country].filter((one) => one != null);
  const all = detector({ kinds: ['own-identifiers'], regions, own: words });
  let hits = 0;
  const find: Detector = (text) => {
    const found = all(text).filter(({ kind }) => kind === 'own-identifiers');
    hits += found.length;
    return found;
  };
  const by = { how: 'tokenise', kinds: ['own-identifiers'], find, token: () => INSTEAD } as const;
  const clean = (content: Content): Content => treatContent(content, by);
  const text = (value: string): string => {
    const cleaned = clean({ type: 'text', text: value });
    return cleaned.type === 'text' ? cleaned.text : value;
  };
  /** What went out: its words, whatever its type. */
  const wordsOut = (body: Readonly<Record<string, unknown>>) => ({
    ...body,
    ...Object.fromEntries(WORDS.flatMap((key) => (typeof body[key] === 'string' ? [[key, text(body[key])]] : []))),
  });
  return (body) => {
    hits = 0;
    if (!isFields(body)) return null;
    const { content } = body;
    const next = isFields(content) ? { ...body, content: clean(content as Content) } : wordsOut(body);
    return hits > 0 ? next : null;
  };
}
