// What reads a submitted document: hostile text is refused early, by its place, and never quoted.
import { parseDocument } from '../src/index.js';

const times = (count: number, text: string): string => text.repeat(count);

/** Each level names the one below nine times: 9^20 values when followed. */
const laughs = ['a0: &a0 [x]', ...Array.from({ length: 20 }, (_, n) => `a${n + 1}: &a${n + 1} [${times(9, `*a${n},`)}]`)].join('\n'); // prettier-ignore
const utf16 = Buffer.from('﻿schema: parley-instructions/1\n', 'utf16le');
const MB = 1024 * 1024;

describe('refused', () => {
  it.each<[string, unknown, { path?: string; at?: string; detail: RegExp }]>([
    ['a bomb of aliases', laughs, { detail: /repeats itself by aliases/ }],
    ['a hundred aliases', `a: &a [x]\nb: [${times(101, '*a,')}]`, { detail: /aliases/ }],
    ['a loop of one anchor', 'a: &a [*a]', { path: `/a${times(20, '/0')}`, at: '1:8', detail: /nested too deeply|aliases/ }],
    ['a loop through a map', 'a: &a {b: {c: *a}}', { detail: /nested too deeply|aliases/ }],
    ['an alias of nothing', 'a: {b: *nowhere}', { path: '/a/b', at: '1:8', detail: /names an anchor that is not there/ }],
    ['what is in no key of a document', 'somebody said: [1', { path: '', at: '1:18', detail: /./ }],
    ['an alias of what comes after it', 'a: *later\nb: &later 1', { path: '/a', at: '1:4', detail: /not there/ }],
    ['a merge into itself', 'a: &a\n  <<: *a', { detail: /nested too deeply|aliases/ }],
    ['brackets, very many', times(100_000, '['), { detail: /too many parts/ }],
    ['brackets, many', `a: ${times(5_000, '[')}`, { detail: /missing|deeply/ }],
    ['maps in maps', `${times(30, '{"a":')}1${times(30, '}')}`, { detail: /nested too deeply/ }],
    ['indentation, very deep', Array.from({ length: 400 }, (_, n) => `${times(n, ' ')}a:`).join('\n'), { detail: /deeply/ }],
    ['a key twice', 'a: 1\nb: 2\na: 3', { path: '/a', at: '3:1', detail: /^this key stands here twice/ }],
    ['a key twice, once as a number', 'a:\n  1: x\n  "1": y', { path: '/a/1', at: '3:3', detail: /^this key stands here twice/ }],
    ['a map as a key', '{{canary: 1}: 2}', { path: '', at: '1:2', detail: /^a key here is no text/ }],
    ['a list behind an alias as a key', 'a: &a [x]\n*a : 1', { path: '/a', at: '2:1', detail: /^a key here is no text/ }],
    ['keys within keys', times(400, '? '), { detail: /^a key here is no text/ }],
    ['a key twice in JSON', '{"a": {"b": 1, "b": 2}}', { path: '/a/b', at: '1:16', detail: /^this key stands here twice/ }],
    ['a tag', 'a: !!js/function "x"', { path: '/a', at: '1:4', detail: /^tags are not allowed/ }],
    ['a timestamp tag', 'a: !!timestamp 2026-01-01', { path: '/a', at: '1:4', detail: /^tags/ }],
    ['two documents', 'a: 1\n---\nb: 2', { path: '', at: '2:1', detail: /^a second document begins/ }],
    ['a tab', 'a:\n\tb: 1', { path: '', at: '2:1', detail: /^a tab is used/ }],
    ['an open bracket', 'schema: x\nparties: [\n', { path: '/parties', at: '3:1', detail: /indentation/ }],
    ['a bracket that is open further in', 'a:\n  b: {c: 1}\n  d: [{e: 2\nf: 3', { path: '/f', at: '4:1', detail: /indentation/ }],
    ['a colon too few, in JSON', '{\n  "a": {\n    "b": [1, {"c" 5}]\n  }\n}', { path: '/a/b/1/c', at: '3:19', detail: /missing/ }],
    ['a comma too few, in JSON', '{"a": ["b" "c"]}', { path: '/a/0', at: '1:12', detail: /missing/ }],
    ['an indentation that fits nothing', 'a:\n  b:\n    c: 1\n   d: 2', { path: '/a/b/c', at: '4:1', detail: /indentation/ }],
    ['a control character', 'a: "\u0001', { path: '/a', at: '1:6', detail: /./ }],
    ['a character that cannot be stored', 'b: 1\na: [x, "\\0"]', { path: '/a/1', at: '2:8', detail: /NUL/ }],
    ['such a one in a key', 'a: {"\\0": 1}', { path: '/a', at: '1:1', detail: /A key here is not allowed/ }],
    ['UTF-16', utf16, { at: '1:1', detail: /not encoded in UTF-8/ }],
    ['Latin-1', Buffer.from('b: 1\na: Gr\xfc\xdfe', 'latin1'), { at: '2:6', detail: /not encoded in UTF-8/ }],
    ['half a character', '{"a": "\\ud800"}', { path: '/a', at: '1:2', detail: /half a character/ }],
    ['half a character in a key', '{"\\ud800": 1}', { path: '', detail: /A key here is not allowed/ }],
    ['a key that changes what an object is', '{"a": {"__proto__": {"b": 1}}}', { path: '/a', detail: /not allowed/ }],
    ['no number', 'a: .nan', { path: '/a', detail: /not a number/ }],
    ['endless', 'a: -.inf', { path: '/a', detail: /not a number/ }],
    ['a number beyond numbers', '{"a": 1e999}', { path: '/a', detail: /not a number/ }],
    ['more than 1 MB of text', times(MB + 1, 'x'), { detail: /larger than 1 MB/ }],
    ['more than 1 MB in few characters', times(MB / 2, 'ü') + 'x', { detail: /larger than 1 MB/ }],
    ['more than 1 MB of bytes', Buffer.alloc(MB + 1, 'x'), { detail: /larger than 1 MB/ }],
    ['many small parts', times(30_001, '- a\n'), { detail: /too many parts/ }],
    ['many parts of an object', { a: Array.from({ length: 60_000 }, () => 1) }, { detail: /too many parts/ }],
    ['a list', '[1, 2]', { at: '1:1', detail: /map of sections/ }],
    ['nothing', '', { at: '1:1', detail: /map of sections/ }],
    ['a sentence', 'please keep nothing', { detail: /map of sections/ }],
    ['what no text can be', { a: () => 1 }, { path: '/a', detail: /cannot stand in a document/ }],
  ])('%s', (_name, source, { path, at, detail }) => {
    const parsed = parseDocument(source);
    const [error] = parsed.ok ? [] : parsed.errors;
    expect(error?.detail).toMatch(detail);
    if (path !== undefined) expect(error?.path).toBe(path);
    if (at !== undefined) expect(`${error?.line}:${error?.column}`).toBe(at);
    // Whatever came as a text is named by a place in it.
    expect(error?.line !== undefined).toBe(typeof source === 'string' || source instanceof Uint8Array);
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
  ])('%s', (_name, source, document) => expect(parseDocument(source)).toMatchObject({ ok: true, document }));
});

describe('places', () => {
  const yaml = ['# of Acme', 'a:', '  b: &h [x, {c: 1}]', '  "d/e~f":', '    - 1', '    - g: *h', ''].join('\n');
  const json = JSON.stringify({ a: { b: ['x', { c: 1 }], 'd/e~f': [1, { g: null }] } }, null, 2);
  it.each<[string, string, string, string]>([
    ['the whole', '', '2:1', '1:1'],
    ['a section', '/a', '2:1', '2:3'],
    ['a list', '/a/b', '3:3', '3:5'],
    ['an entry', '/a/b/0', '3:10', '4:7'],
    ['a member of an entry', '/a/b/1/c', '3:14', '6:9'],
    ['a name with slash and tilde', '/a/d~1e~0f', '4:3', '9:5'],
    ['an entry of its own line', '/a/d~1e~0f/1/g', '6:7', '12:9'],
    ['what is missing: its parent', '/a/b/1/missing', '3:13', '5:7'],
    ['what is missing, deeper', '/a/missing/deeper', '2:1', '2:3'],
    ['what is behind an alias: the alias', '/a/d~1e~0f/1/g/0', '6:7', '12:9'],
  ])('%s', (_what, path, inYaml, inJson) => {
    const at = (source: string) => {
      const parsed = parseDocument(source);
      const place = parsed.ok ? parsed.places(path) : undefined;
      return `${place?.line}:${place?.column}`;
    };
    expect([at(yaml), at(json)]).toEqual([inYaml, inJson]);
  });
  it('none of an object', () => {
    const parsed = parseDocument({ a: 1 });
    expect(parsed.ok && parsed.places('/a')).toBeUndefined();
  });
}); // prettier-ignore
