// Within the parts of an office file: whose tracked changes and comments these are, when they were made, from whose folder and for which printer. The words stay.

interface Names {
  readonly part: RegExp;
  /** By their name without its prefix: what stands there instead; null: nothing, nor the attribute. */
  readonly attributes?: Readonly<Record<string, string | null>>;
  /** Elements with text, by their whole name or as they begin: what stands in them instead. */
  readonly elements?: readonly (readonly [start: string, end: string, text: string])[];
}

/** What Word itself writes where it was told to keep who wrote something to itself. */
const NOBODY = { author: 'Author', initials: 'A', userId: '', providerId: 'None' } as const;
const SOMETIME = '1970-01-01T00:00:00';

const NAMES: readonly Names[] = [
  { part: /^word\/[^/]+\.xml$/, attributes: { ...NOBODY, date: null, dateUtc: null } },
  { part: /^xl\/(comments[^/]*|comments\/[^/]+)\.xml$/, elements: [['<author', '</author>', '']] },
  { part: /^xl\/threadedComments\/[^/]+\.xml$/, attributes: { dT: null } },
  { part: /^xl\/persons\/[^/]+\.xml$/, attributes: { ...NOBODY, displayName: 'Author' } },
  { part: /^xl\/workbook\.xml$/, attributes: { userName: '', url: '' } },
  { part: /^xl\/revisions\/[^/]+\.xml$/, attributes: { userName: '', dateTime: SOMETIME } },
  { part: /^xl\/revisions\/userNames\.xml$/, attributes: { name: '', dateTime: SOMETIME } },
  { part: /^ppt\/(commentA|a)uthors[^/]*\.xml$/, attributes: { ...NOBODY, name: 'Author' } },
  { part: /^ppt\/comments\/[^/]+\.xml$/, attributes: { dt: null, created: SOMETIME } },
  {
    part: /^(content|styles)\.xml$/,
    elements: [
      ['<dc:creator', '</dc:creator>', ''],
      ['<dc:date', '</dc:date>', SOMETIME],
      ['<meta:creator-initials', '</meta:creator-initials>', ''],
      ['<loext:sender-initials', '</loext:sender-initials>', ''],
    ],
  },
  {
    part: /^settings\.xml$/,
    elements: [
      ['<config:config-item config:name="PrinterName"', '</config:config-item>', ''],
      ['<config:config-item config:name="PrinterSetup"', '</config:config-item>', ''],
    ],
  },
];

/** Only within tags: a text may say the same of anything. */
const TAG = /<[A-Za-z][^<>]*>/g;
const ATTRIBUTE = /\s(?:[\w.-]+:)?([\w.-]+)=(?:"([^"]*)"|'([^']*)')/g;

const mayHave = (text: string, put: NonNullable<Names['attributes']>): boolean =>
  Object.keys(put).some((name) => text.includes(`${name}=`));

const withAttributes = (text: string, put: NonNullable<Names['attributes']>): string =>
  text.replace(TAG, (tag) =>
    tag.replace(ATTRIBUTE, (whole: string, name: string) => {
      const instead = Object.hasOwn(put, name) ? put[name] : undefined;
      if (instead === undefined) return whole;
      return instead === null ? '' : `${whole.slice(0, whole.indexOf('=') + 1)}"${instead}"`;
    }),
  );

/** What is between the tag that begins so and its end; one that is empty, or has others in it, stays as it is. */
function withElement(text: string, [start, end, put]: readonly [string, string, string]): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, from)) {
    const closed = text.indexOf('<', at + 1);
    // Not beyond the next tag: looked for to the end each time, it would take for ever.
    const opened = at + text.slice(at, Math.max(closed, at)).indexOf('>') + 1;
    const isOne = opened > at && text.startsWith(end, closed) && /[\s>]/.test(text[at + start.length]!);
    parts.push(text.slice(from, isOne ? opened : at + start.length), isOne ? put : '');
    from = isOne ? closed : at + start.length;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(from);
} // prettier-ignore

/** How a part reads without; null: nothing of that kind is in such a part. */
export function nobodysIn(name: string): ((part: Buffer) => Buffer) | null {
  const those = NAMES.filter(({ part }) => part.test(name));
  if (those.length === 0) return null;
  return (part) => {
    // Bytes as letters: what is looked for is ASCII in all encodings that such parts have but UTF-16, which nobody writes.
    const text = part.toString('latin1');
    const left = those.reduce((so, { attributes, elements = [] }) => {
      const without = elements.reduce(withElement, so);
      return attributes && mayHave(without, attributes) ? withAttributes(without, attributes) : without;
    }, text);
    return left === text ? part : Buffer.from(left, 'latin1');
  };
}
