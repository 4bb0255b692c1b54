// Other people in a person's copy: masked where the document says so (Art. 15(4)). What is the person's own is always shown.
import { detector, regionOfNumber, treatContent, type Detector, type InForce } from '#libs/instructions';
import { isFields, type Content } from '#libs/kernel';

/** Takes the opened body of a message and answers what of it the copy shows. */
export type Masking = (body: unknown) => unknown;

const KINDS = ['own-identifiers', 'email', 'phone', 'iban', 'card', 'ip', 'national-id', 'address', 'name'] as const;
const WORDS = ['text', 'caption', 'header', 'footer'] as const;
const AS_IS: Masking = (body) => body;

export function maskingOf(inForce: InForce | null, own: readonly string[]): Masking {
  if (inForce?.document.rights?.['others'] !== 'redact') return AS_IS;
  const country = inForce.document.parties.controller.country;
  const regions = [...own.map(regionOfNumber), country].filter((one) => one != null);
  const all = detector({ kinds: KINDS, regions, own });
  const find: Detector = (text) => all(text).filter(({ kind }) => kind !== 'own-identifiers');
  const by = { how: 'redact', kinds: KINDS, find, token: (kind: string) => `[${kind}]` } as const;
  const text = (value: string): string => {
    const treated = treatContent({ type: 'text', text: value }, by);
    return treated.type === 'text' ? treated.text : value;
  };
  return (body) => {
    if (!isFields(body)) return body;
    const { content } = body;
    if (isFields(content)) return { ...body, content: treatContent(content as Content, by) };
    // What went out: its words, whatever its type.
    const words = WORDS.flatMap((key) => (typeof body[key] === 'string' ? [[key, text(body[key])]] : []));
    return { ...body, ...Object.fromEntries(words) };
  };
}

/** Words of their own, shown in the same way. */
export function wordsOf(show: Masking, text: string): string {
  const shown = show({ content: { type: 'text', text } });
  return isFields(shown) && isFields(shown['content']) ? String(shown['content']['text']) : text;
}
