// National ids that are found by their check digits, by their names, or only where their country is at home.
import { detect } from '#libs/instructions';

it.each([
  ['a Romanian CNP', 'am 1 850615 400011', [], ['national-id: RO:1850615400011']],
  ['one that is named, with a typing mistake', 'CNP-ul meu e 1850615400012', [], ['national-id: RO:1850615400012']],
  ['a bar code of as many digits', 'EAN 1850615400011', [], []],
  ['a date of birth that is none', '1851315400018', [], []],
  ['a Portuguese NIF where Portuguese is at home', 'é 234 123 982', ['PT'], ['national-id: PT:234123982']],
  ['and by its name anywhere', 'o meu contribuinte: 234123982', ['DE'], ['national-id: PT:234123982']],
  ['nine digits elsewhere', 'é 234 123 982', ['DE'], []],
  ['a company, which is no person', 'é 501202340', ['PT'], []],
  ['a Portuguese identity card', 'tenho 12345678 9 ZZ1', [], ['national-id: PT:123456789ZZ1']],
  [
    'one that is named, with a typing mistake',
    'cartão de cidadão 12345678 9 zz2',
    [],
    ['national-id: PT:123456789ZZ2'],
  ],
  ['a part number like it', 'peça 12345678 9 ZZ2', [], []],
])('%s', (_, text, regions, expected) => {
  const found = detect(text, { kinds: ['national-id'], regions, own: [] });
  expect(found.map(({ kind, value }) => `${kind}: ${value}`)).toEqual(expected);
});
