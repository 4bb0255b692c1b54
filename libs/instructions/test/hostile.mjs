// What the test of hostile documents runs in a process of its own: reads each, and says what came of it.
import '../../platform/test/typescript-hooks.mjs';

const { parseDocument, review } = await import('#libs/instructions');

const times = (count, text) => text.repeat(count);
const level = (n) => `a${n + 1}: &a${n + 1} [${times(9, `*a${n},`)}]`;
const bomb = ['a0: &a0 [x]', ...Array.from({ length: 30 }, (_, n) => level(n))].join('\n');
const textBomb = [`a0: &a0 "${times(10_000, 'x')}"`, ...Array.from({ length: 6 }, (_, n) => level(n))].join('\n');

const LANGUAGES = Array.from(
  { length: 60 },
  (_, n) => `${String.fromCharCode(97 + (n % 26))}${n < 26 ? 'a' : n < 52 ? 'b' : 'c'}`,
);
/** A first notice in one language, or in all and three texts beside it. */
const told = (text) => ({
  schema: 'parley-instructions/1',
  recipients: { bot: { kind: 'webhook' } },
  texts: { 'first-notice': { en: text } },
});
const everywhere = (text) => {
  const languages = Object.fromEntries(LANGUAGES.map((language) => [language, text]));
  return { ...told(text), texts: Object.fromEntries(['first-notice', 'a', 'b', 'c'].map((name) => [name, languages])) };
};

const DOCUMENTS = {
  'a bomb of lists': bomb,
  'a bomb of texts': textBomb,
  'a loop': 'a: &a [*a]',
  'a loop of two': 'a: &a {b: &b {c: *a}}\nd: *b',
  'brackets within brackets': times(500_000, '['),
  'maps within maps': times(200_000, '{"a":'),
  'one very long line': `a: "${times(2_000_000, 'x')}"`,
  'very many lines': times(400_000, 'a: 1\n'),
  'very many keys': Array.from({ length: 100_000 }, (_, n) => `k${n}: 1`).join('\n'),
  'a very long key': `${times(900_000, 'k')}: 1`,
  'one anchor after another': times(300_000, '&a '),
  'one tag after another': times(100_000, '!!x '),
  'one alias after another': times(300_000, '* '),
  'tags and quotes': times(500_000, '!"'),
  'quotes and nothing in them': times(500_000, '""'),
  'entries within entries': times(500_000, '- '),
  'entries within entries, quoted': times(300_000, '- "'),
  'keys within keys': times(300_000, '? '),
  'few keys within keys': times(700, '? '),
  'few maps as keys of maps': `${times(500, '{')}a: b${times(499, '}: c')}}`,
  'entries with anchors': times(200_000, '- &a '),
  'bytes of no encoding': Buffer.alloc(1_000_000, 0xff),
  UTF16: Buffer.from(`\ufeff${times(200_000, 'a: 1\n')}`, 'utf16le'),
  UTF32: Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]),
  'largest that is read': Array.from({ length: 14_000 }, (_, n) => `k${n}: 1`).join('\n'),
  'largest list that is read': `a:\n${times(29_000, '- 1\n')}`,
  'largest flow that is read': `a: [${times(7_000, '{b: 1},')}]`,
  'largest of anchors that is read': Array.from({ length: 4_900 }, (_, n) => `k${n}: &a${n} 1`).join('\n'),
  'largest text of marks that is read': `a: "${times(4_900, 'one & two! ')}"`,
  'largest text that is read': `a: "${times(1_000_000, 'x')}"`,
  'largest notice that is read': JSON.stringify(told(times(1_000_000, 'x'))),
  'largest notices of one word': JSON.stringify(everywhere(times(4_000, 'x'))),
  'largest notices of denials': JSON.stringify(everywhere(times(500, 'no bots '))),
  'largest notices of gaps': JSON.stringify(everywhere(times(60, '{a}'))),
};

/** Maps, lists and values that the reader handed on. */
function partsOf(value) {
  let count = 0;
  for (const left = [value]; left.length > 0;) {
    const one = left.pop();
    count += 1;
    if (typeof one === 'object' && one !== null) left.push(...Object.values(one));
    if (count > 1_000_000) return count;
  }
  return count;
}

const results = {};
for (const [name, source] of Object.entries(DOCUMENTS)) {
  const parsed = parseDocument(source);
  const findings = parsed.ok ? review(parsed.document, { channels: {} }, new Date()) : [];
  results[name] = {
    ok: parsed.ok,
    errors: parsed.ok ? 0 : parsed.errors.length,
    parts: parsed.ok ? partsOf(parsed.document) : 0,
    words: parsed.ok ? JSON.stringify(findings.slice(0, 20)).length : JSON.stringify(parsed.errors).length,
  };
}
process.stdout.write(JSON.stringify(results));
