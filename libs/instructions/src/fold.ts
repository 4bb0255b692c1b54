// The same words whatever their accents and case: how people type where their keyboard, or their haste, has no accents.

/** Letters that no decomposition takes apart. */
const WRITTEN_PLAINLY: Readonly<Record<string, string>> = {
  ß: 'ss', ẞ: 'SS', ł: 'l', Ł: 'L', œ: 'oe', Œ: 'OE', æ: 'ae', Æ: 'AE', ø: 'o', Ø: 'O', đ: 'd', Đ: 'D', ı: 'i',
}; // prettier-ignore
const WHOLE = new RegExp(`[${Object.keys(WRITTEN_PLAINLY).join('')}]`, 'g');

/** Without accents and other marks; case stays. */
export const unmarked = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(WHOLE, (letter) => WRITTEN_PLAINLY[letter]!);

export const folded = (text: string): string => unmarked(text).toLowerCase();
