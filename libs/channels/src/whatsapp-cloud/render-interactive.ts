// Reply buttons and lists: the two interactive messages by which choices are offered.
import type { Choice, OutboundContent } from '#libs/kernel';
import type { Refusal } from '../contract.js';
import { splitOver } from '../shared/split-text.js';
import { LIMITS } from './capabilities.js';

type Buttons = Extract<OutboundContent, { type: 'buttons' }>;
type List = Extract<OutboundContent, { type: 'list' }>;

/** The `interactive` object with the texts to send before it, if not all of the text fits into it; or why there is none. */
export type Interactive = { readonly before: readonly string[]; readonly interactive: unknown } | Refusal;

export const tooLong = (what: string, limit: number): Refusal => ({
  refused: 'too-long',
  detail: `${what} is longer than ${limit} characters`,
});

export const unfit = (detail: string): Refusal => ({ refused: 'content', detail });

/** A text that has to fit: named for the operator, with its limit. */
type Measured = readonly [what: string, text: string | undefined, limit: number];

export const firstTooLong = (measured: readonly Measured[]): Refusal | undefined =>
  measured
    .filter(([, text, limit]) => (text ?? '').length > limit)
    .map(([what, , limit]) => tooLong(what, limit))
    .at(0);

export function renderButtons({ text, buttons, header, footer }: Buttons): Interactive {
  const refusal =
    firstTooLong([
      ['the header', header, LIMITS.header],
      ['the footer', footer, LIMITS.footer],
      ...buttons.flatMap(({ id, title }): Measured[] => [
        ['a button title', title, LIMITS.buttonTitle],
        ['a button id', id, LIMITS.buttonId],
      ]),
    ]) ?? wrongChoices(buttons, { most: LIMITS.buttons, what: 'buttons' });
  if (refusal) return refusal;
  if (blank(text)) return unfit('buttons need a text');
  // A header stands above all of the text.
  const isSplit = header !== undefined && text.length > LIMITS.buttonsText;
  const { before, last } = cutOver(isSplit ? `${header}\n\n${text}` : text, LIMITS.buttonsText);
  const above = header && !isSplit ? { header: { type: 'text', text: header } } : {};
  return {
    before,
    interactive: {
      type: 'button',
      ...above,
      body: { text: last },
      ...(footer ? { footer: { text: footer } } : {}),
      action: { buttons: buttons.map(({ id, title }) => ({ type: 'reply', reply: { id, title } })) },
    },
  };
}

export function renderList({ text, button, sections }: List): Interactive {
  const rows = sections.flatMap((section) => section.rows);
  const refusal =
    firstTooLong([
      ['the label of the list', button, LIMITS.listButton],
      ...sections.map(({ title }): Measured => ['a section title', title, LIMITS.sectionTitle]),
      ...rows.flatMap(({ id, title, description }): Measured[] => [
        ['a row title', title, LIMITS.rowTitle],
        ['a row description', description, LIMITS.rowDescription],
        ['a row id', id, LIMITS.rowId],
      ]),
    ]) ?? wrongChoices(rows, { most: LIMITS.listRows, what: 'rows' });
  if (refusal) return refusal;
  if (sections.length > LIMITS.listSections) return unfit(`a list has at most ${LIMITS.listSections} sections`);
  if (blank(text) || blank(button)) return unfit('a list needs a text and a label');
  if (sections.some((section) => section.rows.length === 0)) return unfit('a section needs a row');
  if (sections.length > 1 && sections.some(({ title }) => blank(title)))
    return unfit('several sections need a title each');
  const { before, last } = cutOver(text, LIMITS.listText);
  return {
    before,
    interactive: {
      type: 'list',
      body: { text: last },
      action: {
        button,
        sections: sections.map((section) => ({
          ...(section.title ? { title: section.title } : {}),
          rows: section.rows.map(row),
        })),
      },
    },
  };
}

/** What of a text stays with its choices, and what goes before it. */
const cutOver = (text: string, limit: number) => splitOver(text, limit, { max: LIMITS.text });

const row = ({ id, title, description }: Choice) => ({ id, title, ...(description ? { description } : {}) });

const blank = (text: string | undefined): boolean => (text ?? '').trim() === '';

function wrongChoices(choices: readonly Choice[], { most, what }: { most: number; what: string }): Refusal | undefined {
  if (choices.length === 0) return unfit(`there are no ${what}`);
  if (choices.length > most) return unfit(`there are more than ${most} ${what}`);
  if (choices.some(({ id, title }) => blank(id) || blank(title))) return unfit(`${what} need an id and a title each`);
  // Meta refuses them, and the answer could not be told apart.
  if (new Set(choices.map(({ id }) => id)).size < choices.length) return unfit(`two ${what} have the same id`);
  return undefined;
}

/** Opens a list of choices; a sign, because we do not know the language of the text. */
const OPEN = '☰';

/** Choices of a text: reply buttons where they fit, else list rows. */
export function renderChoices(text: string, choices: readonly Choice[]): Interactive {
  const asButtons =
    choices.length <= LIMITS.buttons &&
    choices.every(({ title, description }) => !description && title.length <= LIMITS.buttonTitle);
  return asButtons
    ? renderButtons({ type: 'buttons', text, buttons: choices })
    : renderList({ type: 'list', text, button: OPEN, sections: [{ rows: choices }] });
}
