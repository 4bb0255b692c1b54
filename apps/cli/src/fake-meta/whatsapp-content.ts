// What WhatsApp refuses by its shape alone: required parameters, lengths, counts.
// Source: WhatsApp send-messages pages, channels reference 1.8; inner limits as in common use.
import type { GraphError } from './errors.js';
import { isObject, type Json } from './json.js';

const missing = (path: string): GraphError => ({ code: 131008, details: `Required parameter ${path} is missing.` });
const wrong = (path: string): GraphError => ({ code: 131009, details: `Parameter value ${path} is not valid.` });
const tooLong = (path: string, max: number): GraphError => ({
  code: 100,
  details: `Param ${path} must be at most ${max} characters long.`,
});

const length = (text: string): number => [...text].length;

/** A required text of at most `max` characters. */
function text(value: unknown, path: string, max: number): GraphError | null {
  if (value === undefined || value === null) return missing(path);
  if (typeof value !== 'string') return wrong(path);
  if (value.trim() === '') return { code: 100, details: `Param ${path} must be a non-empty string.` };
  return length(value) > max ? tooLong(path, max) : null;
}

const optional = (value: unknown, path: string, max: number): GraphError | null =>
  value === undefined ? null : text(value, path, max);

/** The first refusal of several checks. */
const first = (...checks: readonly (GraphError | null)[]): GraphError | null =>
  checks.find((check) => check !== null) ?? null;

function media(content: Json, type: string): GraphError | null {
  if (typeof content['id'] !== 'string' && typeof content['link'] !== 'string') return missing(`${type}['id']`);
  return optional(content['caption'], `${type}['caption']`, 1024);
}

function buttons(action: Json): GraphError | null {
  const list = action['buttons'];
  if (!Array.isArray(list) || list.length === 0) return missing("interactive['action']['buttons']");
  if (list.length > 3) return { code: 131009, details: 'Maximum of 3 buttons.' };
  const ids = new Set(
    list.map((button) => (isObject(button) && isObject(button['reply']) ? button['reply']['id'] : null)),
  );
  if (ids.size < list.length) return { code: 131009, details: 'Button ids must be unique.' };
  for (const button of list) {
    const reply = isObject(button) && isObject(button['reply']) ? button['reply'] : {};
    const found = first(text(reply['id'], "reply['id']", 256), text(reply['title'], "reply['title']", 20));
    if (found) return found;
  }
  return null;
}

function list(action: Json): GraphError | null {
  const sections = Array.isArray(action['sections']) ? action['sections'].filter(isObject) : [];
  if (sections.length === 0) return missing("interactive['action']['sections']");
  const rows = sections.flatMap((section) => (Array.isArray(section['rows']) ? section['rows'].filter(isObject) : []));
  if (rows.length === 0 || rows.length > 10) return { code: 131009, details: 'A list has 1 to 10 rows in all.' };
  const untitled = sections.length > 1 && sections.some((section) => typeof section['title'] !== 'string');
  if (untitled) return missing("section['title']");
  return first(
    text(action['button'], "action['button']", 20),
    ...rows.flatMap((row) => [
      text(row['id'], "row['id']", 200),
      text(row['title'], "row['title']", 24),
      optional(row['description'], "row['description']", 72),
    ]),
  );
}

function interactive(content: Json): GraphError | null {
  const type = content['type'];
  if (typeof type !== 'string') return missing("interactive['type']");
  const action = isObject(content['action']) ? content['action'] : {};
  const body = isObject(content['body']) ? content['body']['text'] : undefined;
  const footer = isObject(content['footer']) ? content['footer']['text'] : undefined;
  const frame = first(
    text(body, "body['text']", type === 'list' ? 4096 : 1024),
    optional(footer, "footer['text']", 60),
  );
  if (frame) return frame;
  if (type === 'button') return buttons(action);
  if (type === 'list') return list(action);
  return null;
}

function location(content: Json): GraphError | null {
  const numeric = (value: unknown): boolean => value !== null && value !== '' && Number.isFinite(Number(value));
  return numeric(content['latitude']) && numeric(content['longitude']) ? null : wrong("location['latitude']");
}

function reaction(content: Json): GraphError | null {
  if (typeof content['message_id'] !== 'string') return missing("reaction['message_id']");
  return typeof content['emoji'] === 'string' ? null : missing("reaction['emoji']");
}

function template(content: Json): GraphError | null {
  const language = isObject(content['language']) ? content['language']['code'] : undefined;
  return first(text(content['name'], "template['name']", 512), text(language, "template['language']['code']", 16));
}

const CHECKS: Readonly<Record<string, (content: Json, type: string) => GraphError | null>> = {
  text: (content) => text(content['body'], "text['body']", 4096),
  image: media,
  video: media,
  audio: media,
  document: media,
  sticker: media,
  location,
  reaction,
  interactive,
  template,
};

/** The first thing wrong with a message's content, or null. */
export function contentError(body: Json): GraphError | null {
  const type = body['type'] ?? 'text';
  if (type === 'contacts') {
    return Array.isArray(body['contacts']) && body['contacts'].length > 0 ? null : missing('contacts');
  }
  const check = typeof type === 'string' ? CHECKS[type] : undefined;
  if (typeof type !== 'string' || !check)
    return { code: 100, details: 'Param type must be one of the known message types.' };
  const content = body[type];
  return isObject(content) ? check(content, type) : missing(type);
}
