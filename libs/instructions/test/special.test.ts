// Special categories in what people write: what counts as found, what is left, and what each mode makes of it.
import fc from 'fast-check';
import {
  compile,
  findSensitive,
  screen,
  screenWritten,
  SENSITIVE_TERMS,
  type InstructionsDocument,
} from '../src/index.js';
import { isAboutCrime, isSpecial } from '../src/law/dpv-data.js';
import { sensitiveTold } from '../src/special/told.js';
import { document, FACTS } from './document.js';
import { eightTimes, workOf } from './work.js';

const compiled = (change: Partial<InstructionsDocument> = {}) =>
  compile({ ...document(), ...change }, FACTS, {
    tenantId: 't',
    version: 1,
    hash: 'h',
    privacyPage: 'https://x.example',
  });
const left = (text: string, change: Partial<InstructionsDocument> = {}) =>
  screen({ type: 'text', text }, compiled(change).sensitive);

it('every kind is a term of the vocabulary, special or about crime by its hierarchy', () => {
  for (const [kind, term] of Object.entries(SENSITIVE_TERMS))
    expect([kind, kind === 'criminal' ? isAboutCrime(term) : isSpecial(term)]).toEqual([kind, true]);
});

it.each<[string, string]>([
  ['I have diabetes', 'I have [removed]'],
  ['ICH HABE DIABETES!!', 'ICH HABE [removed]!!'],
  ['sch\u00ADwanger und müde', '[removed] und müde'],
  ['Ｄｉａｂｅｔｅｓ', '[removed]'],
  ['mein Brustkrebsbefund', 'mein [removed]'],
  ['ich nehme Schmerzmittel', 'ich nehme [removed]'],
  ['wegen meiner Kniefraktur', 'wegen meiner [removed]'],
  ['habe gefragt: zoeliakie?', 'habe gefragt: [removed]?'],
  ['j’ai le sida', 'j’ai le [removed]'],
  ['jestem w ciąży', 'jestem w [removed]'],
  ['I was convicted, and I am pregnant', 'I was [removed], and I am [removed]'],
])('%s', (text, expected) => expect(left(text).content).toEqual({ type: 'text', text: expected })); // prettier-ignore

it.each([
  ['had surgery, my knee', true],
  ['is surgery software sold here', false],
  ['My order is late. Surgery software is sold here', false],
])('a term that needs somebody it is about: %s', (text, found) => {
  expect(findSensitive(text).length > 0).toBe(found);
});

it.each([
  ['a kind that repeats the content', 'flow_answers', '{"note":"a\\ncancer","n":1}', '{"note":"a\\n[removed]","n":1}'],
  ['what was said of an answer of ours, without any content', 'feedback', 'I have cancer', 'I have [removed]'],
  ['what looks like JSON and is none', 'file_name', '[cancer.png', '[[removed].png'],
  ['any other kind', 'page_title', 'cancer', 'cancer'],
])('beside the content: %s', (_, key, value, expected) => {
  const { left: held } = screenWritten({ content: null, identifiers: { [key]: value } }, compiled().sensitive);
  expect(held.identifiers[key]).toBe(expected);
});

it('a pseudonym beside the content says nothing, and stays', () => {
  const written = { content: null, identifiers: { feedback: 'cancer' }, forms: { feedback: 'pseudonymise' } };
  expect(screenWritten(written, compiled().sensitive).left).toBe(written);
});

it('by default nothing of either section is kept; what is found names its section', () => {
  const { found, language } = left('ich war im Gefängnis');
  expect(found).toMatchObject([{ section: 'criminalData', mode: 'forbid', clause: 'default:criminalData' }]);
  expect(language).toBe('de');
});

it('warned of, or allowed with a time, the text stays as it is and is found', () => {
  const text = 'I have diabetes';
  const warn = left(text, { specialCategories: { mode: 'warn' } });
  expect([warn.content, warn.found.map(({ mode }) => mode)]).toEqual([{ type: 'text', text }, ['warn']]);
  const allow = left(text, { specialCategories: { mode: 'allow', purgeWithin: 'P1D' } });
  expect([allow.content, allow.found.map((one) => one.purgeWithin)]).toEqual([{ type: 'text', text }, ['P1D']]);
});

it('allowed without more, nobody looks; the other section is a section of its own', () => {
  const allowed: Partial<InstructionsDocument> = { specialCategories: { mode: 'allow' } };
  expect(left('I have diabetes', allowed).found).toEqual([]);
  expect(left('I have diabetes and was in prison', allowed).content).toEqual({
    type: 'text',
    text: 'I have diabetes and was in [removed]',
  });
});

it('every text of a message is looked at, ids are not', () => {
  const { sensitive } = compiled();
  const group = {
    type: 'group',
    items: [
      { type: 'media', media: 'image', source: { id: 'hiv' }, caption: 'my HIV test', fileName: 'hiv.pdf' },
      { type: 'choice', id: 'hiv', title: 'HIV' },
      { type: 'form', answers: { illness: ['epilepsy', 7] } },
      { type: 'contacts', contacts: [{ note: 'gay' }] },
    ],
  } as const;
  expect(screen(group, sensitive).content).toEqual({
    type: 'group',
    items: [
      { type: 'media', media: 'image', source: { id: 'hiv' }, caption: 'my [removed] test', fileName: '[removed].pdf' },
      { type: 'choice', id: 'hiv', title: '[removed]' },
      { type: 'form', answers: { illness: ['[removed]', 7] } },
      { type: 'contacts', contacts: [{ note: '[removed]' }] },
    ],
  });
});

it('people are told in the document’s words, else in ours, in their language; where it is allowed only in the document’s', () => {
  const [special] = compiled().sensitive;
  expect(sensitiveTold(compiled(), special!, 'de-AT')?.body).toContain('Gesundheit');
  expect(sensitiveTold(compiled(), special!, 'fi')).toMatchObject({
    language: 'en',
    clause: 'default:specialCategories',
  });
  const own = compiled({
    specialCategories: { mode: 'forbid', text: 'no-health' },
    texts: { ...document().texts, 'no-health': { en: 'Not here, please.' } },
  });
  expect(sensitiveTold(own, own.sensitive[0]!, 'en')?.body).toBe('Not here, please.');
  const allowed = compiled({ specialCategories: { mode: 'allow' } });
  expect(sensitiveTold(allowed, allowed.sensitive[0]!, 'en')).toBeNull();
});

it('never throws, and what is left of any text has none of it any more', () => {
  const words = fc.constantFrom('diabetes', 'hiv', 'ich', 'I', 'prison', 'hallo', '.', '\u200b', 'krebs', 'fracture');
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(words, { maxLength: 30 }).map((all) => all.join(' ')),
  );
  fc.assert(
    fc.property(text, (given) => {
      const { content } = left(given);
      expect(left(content.type === 'text' ? content.text : '').found).toEqual([]);
    }),
  );
});

it('work grows with the length only', () => {
  const text = 'ich habe krebsbefund und wurde wegen diebstahl verhaftet. of african descent '.repeat(500);
  const looking = (share: number) => () => findSensitive(text.slice(0, text.length * share));
  looking(1)();
  expect(workOf(looking(1))).toBeLessThan(eightTimes(workOf(looking(1 / 8))));
});
