// Detection, piece by piece: what counts as the same, what wins, what becomes of it, and that nothing breaks it.
import fc from 'fast-check';
import {
  DETECT_KINDS,
  detect,
  detectAcross,
  detector,
  detectorRequest,
  NO_TOKENS,
  readDetector,
  restore,
  restoreFrom,
  tokenise,
  treat,
  treatContent,
  type ContentTreatment,
  type DetectOptions,
  type TokenMap,
} from '#libs/instructions';
import type { Content, HttpResponse } from '#libs/kernel';

const OPTIONS: DetectOptions = {
  kinds: DETECT_KINDS,
  regions: ['DE', 'NL'],
  own: ['Anna Schmidt', '+4915155501234', 'anna@example.org', 'DE.1000000000000001'],
};
const found = (text: string, options: Partial<DetectOptions> = {}): readonly string[] =>
  detect(text, { ...OPTIONS, ...options }).map(({ kind, value }) => `${kind}: ${value}`);

/** A conversation's tokens, kept over several texts. */
function conversation(): { readonly token: ContentTreatment['token']; readonly map: () => TokenMap } {
  let map = NO_TOKENS;
  const token: ContentTreatment['token'] = (kind, value) => {
    const given = tokenise(map, kind, value);
    map = given.map;
    return given.token;
  };
  return { token, map: () => map };
}

describe('the same thing written differently has the same value', () => {
  it.each([
    ['email: max.muster@gmx.de', ['Max.Muster@GMX.de', 'max.muster (at) gmx.de', 'max punkt muster at gmx punkt de', 'max.muster＠gmx．de']], // prettier-ignore
    ['iban: DE89370400440532013000', ['DE89370400440532013000', 'de89 3704 0044 0532 0130 00', 'DE89-3704-0044-0532-0130-00', 'DE89 3704 0044\n0532 0130 00', 'ＤＥ８９ ３７０４ ００４４ ０５３２ ０１３０ ００']], // prettier-ignore
    ['card: 4111111111111111', ['4111111111111111', '4111 1111 1111 1111', '4111-1111-1111-1111', '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1']], // prettier-ignore
    ['phone: +493090182000', ['030 90182000', '+49 30 90182000', '0049 (0)30 / 90182000', '٠٣٠ ٩٠١٨٢٠٠٠', '0\u200b30-90182000', '0️⃣3️⃣0️⃣ 9️⃣0️⃣1️⃣8️⃣2️⃣0️⃣0️⃣0️⃣']], // prettier-ignore
    ['ip: 2001:db8:0:0:0:0:0:1', ['2001:db8::1', '2001:0DB8:0:0::1']],
    ['national-id: DE:86095742719', ['86095742719', '86 095 742 719', '８６０９５７４２７１９']],
    ['own-identifiers: Anna Schmidt', ['Anna Schmidt', 'anna  schmidt', 'Schmidt, Anna', 'ANNA\nSCHMIDT']],
    [
      'own-identifiers: +4915155501234',
      ['0151 55501234', '+49 (0)151 555 012 34', '4915155501234', '0049151/55501234'],
    ],
    ['own-identifiers: anna@example.org', ['ANNA@example.org', 'anna at example punkt org']],
  ])('%s', (expected, ways) => {
    for (const way of ways) expect(found(way)).toEqual([expected]);
  });
});

describe('a name is typed with and without accents', () => {
  it.each([
    ['José García', ['José García', 'jose garcia', 'JOSE GARCIA', 'Garcia, José', 'jose\u0301 garci\u0301a']],
    ['Jose Garcia', ['José García']],
    ['Hans Müller', ['Hans Müller', 'hans muller', 'hans mueller', 'HANS MÜLLER', 'hans mu\u0308ller']],
    ['Hans Mueller', ['Hans Müller', 'hans muller']],
    ['Łukasz Żółć', ['lukasz zolc', 'ŁUKASZ ŻÓŁĆ']],
    ['Søren Weiß', ['soren weiss', 'Søren Weiß']],
  ])('%s', (name, ways) => {
    for (const way of ways)
      expect([way, found(`hier ist ${way}, hallo`, { kinds: ['own-identifiers'], own: [name] })]).toEqual([way, [`own-identifiers: ${name}`]]);
  }); // prettier-ignore

  it('a part of it alone', () => {
    expect(found('Jose hier', { kinds: ['own-identifiers'], own: ['José García'] })).toEqual(['own-identifiers: José']);
    expect(found('Jo, Noe!', { kinds: ['own-identifiers'], own: ['Joe Noel'] })).toEqual([]);
  });

  it('its place is that of the original', () => {
    const text = 'Ich bin Jose\u0301 Garci\u0301a.';
    const [hit] = detect(text, { ...OPTIONS, kinds: ['own-identifiers'], own: ['José García'] });
    expect(text.slice(hit!.start, hit!.end)).toBe('Jose\u0301 Garci\u0301a');
  });
});

describe('what a number is', () => {
  it.each([
    [
      'a wrong check digit beside the word',
      'meine IBAN: DE00 3704 0044 0532 0130 00',
      ['iban: DE00370400440532013000'],
    ],
    ['an order number', 'Bestellnummer 030 90182000', []],
    ['a phone after an order number', 'Bestellung 123456, Handy 0151 23456789', ['phone: +4915123456789']],
    ['two phones in a row', '0176 1234567 0151 23456789', ['phone: +491761234567', 'phone: +4915123456789']],
    ['an IBAN, not the card in it', 'DE89370400440532013000', ['iban: DE89370400440532013000']],
    ['an address of mail, not the name in it', 'Anna@firma.de', ['email: anna@firma.de']],
    ['a version', 'Firmware 10.0.19.38', []],
    ['a date', '01.02.2024 und 2024-02-01 12:30', []],
    ['a name that is a word as well', 'das war im may', []],
    ['a link to a chat', 'https://wa.me/4915123456789', ['phone: +4915123456789']],
    ['a Polish account', 'konto 61 1090 1014 0000 0712 1981 2874', ['iban: PL61109010140000071219812874']],
  ])('%s', (_, text, expected) => {
    expect(found(text, { own: [...OPTIONS.own, 'May Day'] })).toEqual(expected);
  });

  it('a wrong check digit without the word beside it', () => {
    expect(found('DE00 3704 0044 0532 0130 00', { kinds: ['iban'] })).toEqual([]);
  });

  it('kinds that are not asked for are not looked for', () => {
    expect(found('max@gmx.de 030 90182000', { kinds: ['email'], own: [] })).toEqual(['email: max@gmx.de']);
    expect(found('max@gmx.de', { kinds: [] })).toEqual([]);
  });
});

describe('over two messages', () => {
  it.each([
    ['a phone', 'ruf an: 0151 2345', '6789 danke', 'phone: +4915123456789', '6789'],
    ['an IBAN', 'DE89 3704 0044', '0532 0130 00 bitte', 'iban: DE89370400440532013000', '0532 0130 00'],
    ['a card', 'karte 4111 1111', '1111 1111', 'card: 4111111111111111', '1111 1111'],
    ['an address of mail', 'max.muster', '@gmx.de', 'email: max.muster@gmx.de', '@gmx.de'],
  ])('%s', (_, tail, text, expected, part) => {
    const [first] = detectAcross({ tail, text }, { ...OPTIONS, kinds: DETECT_KINDS.slice(0, 7) });
    expect(first && `${first.kind}: ${first.value}`).toBe(expected);
    expect(text.slice(first?.start, first?.end)).toBe(part);
  });

  it.each([
    ['me', 'max@gmx.de ok'],
    ['max@gmx.de', 'danke'],
    ['am 12.10.', '2024 um 12 Uhr'],
    ['', '0151 23456789'],
  ])('%s | %s: two things that only stand next to each other', (tail, text) => {
    expect(detectAcross({ tail, text }, OPTIONS)).toEqual(detect(text, OPTIONS));
  });
});

describe('treatment', () => {
  const text = 'max@gmx.de oder 030 90182000, nochmal MAX@GMX.DE';

  it('redacts to the kind', () => {
    expect(treat(text, detect(text, OPTIONS), { how: 'redact', token: () => '' })).toBe(
      '[email] oder [phone], nochmal [email]',
    );
  });

  it('gives the same value the same token throughout the conversation, and takes it back', () => {
    const { token, map } = conversation();
    const first = treat(text, detect(text, OPTIONS), { how: 'tokenise', token });
    const later = treat('oder max@web.de, max@gmx.de', detect('oder max@web.de, max@gmx.de', OPTIONS), {
      how: 'tokenise',
      token,
    });
    expect([first, later]).toEqual(['[email:1] oder [phone:1], nochmal [email:1]', 'oder [email:2], [email:1]']);
    expect(map()).toEqual({ email: ['max@gmx.de', 'max@web.de'], phone: ['+493090182000'] });
    expect(restoreFrom('Wir schreiben an [email:2].', JSON.parse(JSON.stringify(map())) as TokenMap)).toBe('Wir schreiben an max@web.de.'); // prettier-ignore
  });

  it.each(['[email:1]', '[Email: 1]', '[EMAIL:1]', '\\[email:1\\]', '［email：1］', '[email : 01]'])(
    'restores %s as bots write it',
    (written) => {
      expect(restore(`an ${written}!`, (token) => (token === '[email:1]' ? 'max@gmx.de' : undefined))).toBe(
        'an max@gmx.de!',
      );
    },
  );

  it.each(['[email:9]', '[email:0]', '[email]', '[name:1]', 'email:1'])(
    'leaves %s, which the conversation never gave out',
    (written) => {
      expect(restoreFrom(written, { email: ['max@gmx.de'] })).toBe(written);
    },
  );
});

describe('all of a content', () => {
  const by: ContentTreatment = { how: 'redact', token: () => '', kinds: DETECT_KINDS, find: detector(OPTIONS) };
  const deep = (depth: number): unknown => (depth === 0 ? 'max@gmx.de' : [deep(depth - 1)]);

  it.each<[Content, Content]>([
    [
      { type: 'text', text: 'max@gmx.de' },
      { type: 'text', text: '[email]' },
    ],
    [
      {
        type: 'media',
        media: 'image',
        source: { id: '1' },
        caption: 'von max@gmx.de',
        fileName: 'CV Anna Schmidt.pdf',
      },
      {
        type: 'media',
        media: 'image',
        source: { id: '1' },
        caption: 'von [email]',
        fileName: 'CV [own-identifiers].pdf',
      },
    ],
    [
      { type: 'choice', id: '+493090182000', title: '030 90182000', description: 'max@gmx.de' },
      { type: 'choice', id: '[phone]', title: '[phone]', description: '[email]' },
    ],
    [
      { type: 'choice', id: 'call:+493090182000' },
      { type: 'choice', id: 'call:+493090182000' },
    ],
    [
      { type: 'location', latitude: 52.5, longitude: 13.4, name: 'bei Anna Schmidt', address: 'Irgendwo' },
      { type: 'location', latitude: 52.5, longitude: 13.4, name: 'bei [own-identifiers]', address: '[address]' },
    ],
    [
      {
        type: 'contacts',
        contacts: [{ name: { formatted_name: 'Bo' }, phones: [{ phone: '12' }], vcard: 'FN:Bo Li\nTEL:+493090182000' }],
      },
      {
        type: 'contacts',
        contacts: [
          { name: { formatted_name: '[name]' }, phones: [{ phone: '[phone]' }], vcard: 'FN:[name]\nTEL:[phone]' },
        ],
      },
    ],
    [
      { type: 'form', answers: { email: 'none of yours', age: 44, number: 4_111_111_111_111_111, ok: true, no: null } },
      { type: 'form', answers: { email: '[email]', age: 44, number: '[card]', ok: true, no: null } },
    ],
    [
      { type: 'order', order: { note: 'max@gmx.de' } },
      { type: 'order', order: { note: '[email]' } },
    ],
    [
      { type: 'group', items: [{ type: 'text', text: 'max@gmx.de' }] },
      { type: 'group', items: [{ type: 'text', text: '[email]' }] },
    ],
    [
      { type: 'unsupported', what: 'poll' },
      { type: 'unsupported', what: 'poll' },
    ],
  ])('%j', (content, expected) => {
    expect(treatContent(content, by)).toEqual(expected);
    expect(treatContent(content, { ...by, how: 'as-is' })).toEqual(content);
  });

  it('leaves out what is nested deeper than any form', () => {
    expect(JSON.stringify(treatContent({ type: 'form', answers: deep(5_000) }, by))).not.toContain('max');
  });

  it('what is longer than any platform sends is withheld as a whole, not looked through', () => {
    const long = (length: number): string => `max@example.org ${'la '.repeat(length)}`.slice(0, length);
    expect(treatContent({ type: 'text', text: long(19_000) }, by)).toMatchObject({
      text: expect.stringMatching(/^\[email\] la/),
    });
    expect(treatContent({ type: 'text', text: long(20_001) }, by)).toEqual({ type: 'text', text: '[withheld]' });
    const answers = Array.from({ length: 300 }, () => long(100));
    expect(treatContent({ type: 'form', answers }, by)).toEqual({ type: 'unsupported', what: 'withheld' });
    expect(treatContent({ type: 'text', text: long(20_001) }, { ...by, how: 'as-is' })).toEqual({
      type: 'text',
      text: long(20_001),
    });
  });
});

describe('a detector over HTTP', () => {
  const text = 'I am Bo Li';
  const answered = (json: unknown, status = 200): HttpResponse => ({ kind: 'answered', status, headers: {}, json });

  it('is asked with the text and bounded in time and size', () => {
    const request = detectorRequest(text, 'https://model.acme.example/detect');
    expect(request).toMatchObject({
      method: 'POST',
      url: 'https://model.acme.example/detect',
      json: { text },
      expect: 'json',
    });
    expect(request.timeoutMs).toBeLessThanOrEqual(2_000);
  });

  it('answers what it found; without a value the text itself is one', () => {
    const answer = {
      found: [
        { kind: 'name', start: 5, end: 10 },
        { kind: 'name', start: 5, end: 7, value: 'Bo' },
      ],
    };
    expect(readDetector(answered(answer), text)).toEqual([{ kind: 'name', start: 5, end: 10, value: 'Bo Li' }]);
    expect(readDetector(answered({ found: [] }), text)).toEqual([]);
  });

  it.each<[string, HttpResponse]>([
    ['too late', { kind: 'failed', reason: 'timeout' }],
    ['an error', answered({ found: [] }, 500)],
    ['no JSON', answered(undefined)],
    ['another shape', answered([])],
    ['an unknown kind', answered({ found: [{ kind: 'shoe-size', start: 0, end: 1 }] })],
    ['a place outside', answered({ found: [{ kind: 'name', start: 5, end: 99 }] })],
    ['a place that ends before it starts', answered({ found: [{ kind: 'name', start: 5, end: 5 }] })],
    [
      'one bad among good',
      answered({
        found: [
          { kind: 'name', start: 5, end: 7 },
          { kind: 'name', start: '5', end: 7 },
        ],
      }),
    ],
  ])('%s counts as failed', (_, response) => {
    expect(readDetector(response, text)).toBe('failed');
  });
});

/** Text like that of people, and like that of those who try to break it. */
const TEXTS = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(fc.constantFrom('0', '1', '٣', '７', ' ', '.', '-', '(', ')', '+', '@', ' at ', 'DE', 'a', 'ß', ':', '\n', '\u200b', '😀', 'IBAN', 'tel', '[', 'punkt '), { maxLength: 200 }).map((parts) => parts.join('')),
  fc.array(fc.constantFrom('max@gmx.de', '0151 23456789', 'DE89370400440532013000', '4111 1111 1111 1111', 'Anna Schmidt', ' und ', ', ', '\n', ' ok '), { maxLength: 20 }).map((parts) => parts.join('')),
); // prettier-ignore

describe('whatever a person is called', () => {
  it('a name with a hyphen is found like any other', () => {
    const own = ['Anne-Marie Le Goff-Dubois', 'a.b*c+d?'];
    expect(found('signé: anne-marie le goff-dubois', { own, kinds: ['own-identifiers'] })).toEqual([
      'own-identifiers: Anne-Marie Le Goff-Dubois',
    ]);
    for (const said of ['Anna - Maria Klein', 'anna maria klein'])
      expect(found(said, { own: ['Anna - Maria Klein'], kinds: ['own-identifiers'] })).toEqual([
        'own-identifiers: Anna - Maria Klein',
      ]);
    expect(found('---', { own: ['---'], kinds: ['own-identifiers'] })).toEqual([]);
    expect(found('I am a.b*c+d?', { own, kinds: ['own-identifiers'] })).toEqual(['own-identifiers: a.b*c+d?']);
  });

  it('no name makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (name) => {
        detect(`x ${name} y`, { ...OPTIONS, own: [name, `${name}-b`] });
      }),
      { numRuns: 500 },
    );
  });
});

describe('whatever is written', () => {
  it('places are valid, in order and apart; it never throws', () => {
    fc.assert(
      fc.property(TEXTS, (text) => {
        const all = detect(text, OPTIONS);
        for (const [at, { start, end, value }] of all.entries()) {
          expect(start).toBeGreaterThanOrEqual(all[at - 1]?.end ?? 0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(value).not.toBe('');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('what is tokenised comes back in its plain form, all else as it was', () => {
    fc.assert(
      fc.property(TEXTS, (text) => {
        const { token, map } = conversation();
        const all = detect(text, OPTIONS);
        const plain = treat(text, all, { how: 'tokenise', token: (_, value) => value });
        expect(restoreFrom(treat(text, all, { how: 'tokenise', token }), map())).toBe(plain);
      }),
      { numRuns: 300 },
    );
  });

  it('a message after another is treated without an error', () => {
    fc.assert(
      fc.property(TEXTS, TEXTS, (tail, text) => {
        for (const { start, end } of detectAcross({ tail, text }, OPTIONS)) {
          expect(start).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 150 },
    );
  });
});
