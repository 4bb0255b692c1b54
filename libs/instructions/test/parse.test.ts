// What reads a submitted document: hostile text is refused early, by its place, and never quoted.
import { parseDocument } from '../src/index.js';

const times = (count: number, text: string): string => text.repeat(count);

/** Each level names the one below nine times: 9^20 values when followed. */
const laughs = ['a0: &a0 [x]', ...Array.from({ length: 20 }, (_, n) => `a${n + 1}: &a${n + 1} [${times(9, `*a${n},`)}]`)].join('\n'); // prettier-ignore
const utf16 = Buffer.from('﻿schema: parley-instructions/1\n', 'utf16le');
const MB = 1024 * 1024;

describe('refused', () => {
  it.each<[string, unknown, { path?: string; detail: RegExp }]>([
    ['a bomb of aliases', laughs, { detail: /repeats itself by aliases/ }],
    ['a hundred aliases', `a: &a [x]\nb: [${times(101, '*a,')}]`, { detail: /aliases/ }],
    ['a loop of one anchor', 'a: &a [*a]', { path: `/a${times(20, '/0')}`, detail: /nested too deeply|aliases/ }],
    ['a loop through a map', 'a: &a {b: {c: *a}}', { detail: /nested too deeply|aliases/ }],
    ['an alias of nothing', 'a: *nowhere', { detail: /names an anchor that is not there/ }],
    ['a merge into itself', 'a: &a\n  <<: *a', { detail: /nested too deeply|aliases/ }],
    ['brackets, very many', times(100_000, '['), { detail: /too many parts/ }],
    ['brackets, many', `a: ${times(5_000, '[')}`, { detail: /^line 1, column \d+: |deeply/ }],
    ['maps in maps', `${times(30, '{"a":')}1${times(30, '}')}`, { detail: /nested too deeply/ }],
    ['indentation, very deep', Array.from({ length: 400 }, (_, n) => `${times(n, ' ')}a:`).join('\n'), { detail: /deeply/ }],
    ['a key twice', 'a: 1\nb: 2\na: 3', { detail: /^line 3, column 1: this key stands here twice/ }],
    ['a key twice in JSON', '{"a": {"b": 1, "b": 2}}', { detail: /^line 1, column 16: this key stands here twice/ }],
    ['a tag', 'a: !!js/function "x"', { detail: /^line 1, column 4: tags are not allowed/ }],
    ['a timestamp tag', 'a: !!timestamp 2026-01-01', { detail: /^line 1/ }],
    ['two documents', 'a: 1\n---\nb: 2', { detail: /^line 2, column 1: a second document begins/ }],
    ['a tab', 'a:\n\tb: 1', { detail: /^line 2, column \d+: a tab is used/ }],
    ['an open bracket', 'schema: x\nparties: [\n', { detail: /^line 3/ }],
    ['a control character', 'a: "\u0001', { detail: /^line 1/ }],
    ['UTF-16', utf16, { detail: /not encoded in UTF-8/ }],
    ['Latin-1', Buffer.from('a: Gr\xfc\xdfe', 'latin1'), { detail: /not encoded in UTF-8/ }],
    ['half a character', '{"a": "\\ud800"}', { path: '/a', detail: /half a character/ }],
    ['half a character in a key', '{"\\ud800": 1}', { path: '', detail: /A key here is not allowed/ }],
    ['a key that changes what an object is', '{"a": {"__proto__": {"b": 1}}}', { path: '/a', detail: /not allowed/ }],
    ['no number', 'a: .nan', { path: '/a', detail: /not a number/ }],
    ['endless', 'a: -.inf', { path: '/a', detail: /not a number/ }],
    ['a number beyond numbers', '{"a": 1e999}', { path: '/a', detail: /not a number/ }],
    ['more than 1 MB of text', times(MB + 1, 'x'), { detail: /larger than 1 MB/ }],
    ['more than 1 MB in few characters', times(MB / 2, 'ü') + 'x', { detail: /larger than 1 MB/ }],
    ['more than 1 MB of bytes', Buffer.alloc(MB + 1, 'x'), { detail: /larger than 1 MB/ }],
    ['many small parts', times(60_001, '- a\n'), { detail: /too many parts/ }],
    ['many parts of an object', { a: Array.from({ length: 60_000 }, () => 1) }, { detail: /too many parts/ }],
    ['a list', '[1, 2]', { detail: /map of sections/ }],
    ['nothing', '', { detail: /map of sections/ }],
    ['a sentence', 'please keep nothing', { detail: /map of sections/ }],
    ['what no text can be', { a: () => 1 }, { path: '/a', detail: /cannot stand in a document/ }],
  ])('%s', (_name, source, { path, detail }) => {
    const parsed = parseDocument(source);
    const [error] = parsed.ok ? [] : parsed.errors;
    expect(error?.detail).toMatch(detail);
    if (path !== undefined) expect(error?.path).toBe(path);
  });

  it('errors are few, and quote nothing of the text', () => {
    const parsed = parseDocument(times(200, 'secret canary: [\n'));
    const errors = parsed.ok ? [] : parsed.errors;
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length).toBeLessThanOrEqual(20);
    expect(JSON.stringify(errors)).not.toMatch(/canary/);
  });
}); // prettier-ignore

describe('read', () => {
  it.each<[string, unknown, object]>([
    ['YAML', 'a: [1, yes]\n', { a: [1, 'yes'] }],
    ['JSON', '{"a": [1, true]}', { a: [1, true] }],
    ['bytes', Buffer.from('a: Grüße'), { a: 'Grüße' }],
    ['bytes with a mark of their order', Buffer.from('﻿a: 1'), { a: 1 }],
    ['an object', { a: 1 }, { a: 1 }],
    ['a date stays the text that it is', 'a: 2026-01-01', { a: '2026-01-01' }],
    ['the country Norway, where YAML 1.1 read a no', 'a: NO', { a: 'NO' }],
    ['a few aliases', 'a: &a [x]\nb: *a', { a: ['x'], b: ['x'] }],
  ])('%s', (_name, source, document) => expect(parseDocument(source)).toEqual({ ok: true, document }));
});
