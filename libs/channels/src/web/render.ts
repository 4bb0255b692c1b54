// May this message be shown in web chat? Nothing is sent: the client fetches what is stored, so only limits are checked.
import type { Choice, OutboundContent, RefusalReason } from '#libs/kernel';
import type { Refusal, RenderResult } from '../contract.js';
import { LIMITS } from './capabilities.js';

export function render(message: OutboundContent): RenderResult {
  return refusalOf(message) ?? { requests: [] };
}

function refusalOf(message: OutboundContent): Refusal | null {
  switch (message.type) {
    case 'text':
      return textRefusal(message.text) ?? choicesRefusal(message.choices ?? [], LIMITS.choices);
    case 'media':
      return mediaRefusal(message);
    case 'buttons':
      return (
        textRefusal(message.text) ??
        tooLong('the header', message.header, LIMITS.caption) ??
        tooLong('the footer', message.footer, LIMITS.caption) ??
        (message.buttons.length === 0 ? refuse('content', 'no buttons') : null) ??
        choicesRefusal(message.buttons, LIMITS.buttons)
      );
    case 'list':
      return listRefusal(message);
    case 'location':
      return (
        tooLong('the name', message.name, LIMITS.placeName) ?? tooLong('the address', message.address, LIMITS.placeName)
      );
    case 'typing':
      return null;
    case 'template':
    case 'reaction':
    case 'read':
      return refuse('unsupported', `web chat shows no ${message.type}`);
    default:
      return message satisfies never;
  }
}

type Outbound<T extends OutboundContent['type']> = Extract<OutboundContent, { readonly type: T }>;

/** The browser loads the address itself, so it must be one that it may load from a secure page. */
function mediaRefusal({ url, caption, fileName }: Outbound<'media'>): Refusal | null {
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:') return refuse('content', 'the media URL is not https');
  return tooLong('the caption', caption, LIMITS.caption) ?? tooLong('the file name', fileName, LIMITS.fileName);
}

function listRefusal({ text, sections }: Outbound<'list'>): Refusal | null {
  if (sections.length > LIMITS.sections) return refuse('too-long', `more than ${LIMITS.sections} sections`);
  const titled = sections.map(({ title }) => tooLong('a section title', title, LIMITS.sectionTitle)).find(Boolean);
  const rows = sections.flatMap((section) => section.rows);
  if (rows.length === 0) return refuse('content', 'no rows');
  return textRefusal(text) ?? titled ?? choicesRefusal(rows, LIMITS.listRows);
}

const textRefusal = (text: string): Refusal | null =>
  text.trim() === '' ? refuse('content', 'text is empty') : tooLong('the text', text, LIMITS.text);

function choicesRefusal(choices: readonly Choice[], most: number): Refusal | null {
  if (choices.length > most) return refuse('too-long', `more than ${most} choices`);
  for (const { id, title, description } of choices) {
    if (id === '' || title.trim() === '') return refuse('content', 'a choice has no id or no title');
    const long =
      tooLong('a title', title, LIMITS.choiceTitle) ??
      tooLong('an id', id, LIMITS.choiceId) ??
      tooLong('a description', description, LIMITS.choiceDescription);
    if (long) return long;
  }
  return null;
}

const tooLong = (what: string, value: string | undefined, most: number): Refusal | null =>
  value !== undefined && value.length > most ? refuse('too-long', `${what} is longer than ${most} characters`) : null;

const refuse = (refused: RefusalReason, detail: string): Refusal => ({ refused, detail });
