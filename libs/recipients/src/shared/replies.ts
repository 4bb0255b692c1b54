// A recipient's answer is untrusted input: only known shapes within limits become messages to a person.
import { Ajv, type ValidateFunction } from 'ajv';
import { isOwnChoice, type OutboundContent } from '#libs/kernel';
import { MEDIA_TYPES, REPLY_SCHEMAS } from './reply-schema.js';

/** Why an answer is not taken. One bad message refuses all: half an answer may say the opposite of the whole. */
export type ReplyFault =
  | 'reply-not-an-object'
  | 'reply-messages-not-a-list'
  | 'reply-too-many-messages'
  | 'reply-too-deep'
  | 'reply-too-large'
  | 'reply-unknown-type'
  | 'reply-malformed'
  | 'reply-url-not-allowed'
  | 'reply-choice-reserved';

export type Replies = { readonly messages: readonly OutboundContent[] } | { readonly refused: ReplyFault };

export const MAX_MESSAGES = 20;
/** All messages of one answer together, as UTF-8 JSON. */
export const MAX_BYTES = 65_536;
const MAX_DEPTH = 16;

/** `allowHttp`: media may be on plain http, as on a developer's machine. */
export interface ReplyOptions {
  readonly allowHttp?: boolean;
}

/** `{messages: […]}` → messages. No body, or no `messages` in it, means: nothing to say now. Never throws on parsed JSON. */
export function readReplies(answer: unknown, options: ReplyOptions = {}): Replies {
  if (answer === undefined || answer === null) return { messages: [] };
  if (typeof answer !== 'object' || Array.isArray(answer)) return { refused: 'reply-not-an-object' };
  const given: unknown = 'messages' in answer ? answer.messages : [];
  if (!Array.isArray(given)) return { refused: 'reply-messages-not-a-list' };
  if (given.length > MAX_MESSAGES) return { refused: 'reply-too-many-messages' };
  if (!isShallow(given, MAX_DEPTH)) return { refused: 'reply-too-deep' };
  const printed = JSON.stringify(given);
  if (Buffer.byteLength(printed) > MAX_BYTES) return { refused: 'reply-too-large' };
  const messages: OutboundContent[] = [];
  // A copy, because validation takes unknown fields out of what it is given.
  for (const one of JSON.parse(printed) as readonly unknown[]) {
    const read = readMessage(one, options);
    if (typeof read === 'string') return { refused: read };
    messages.push(read);
  }
  return { messages };
}

const ajv = new Ajv({ removeAdditional: true, strict: true, allowUnionTypes: true });
const validators: ReadonlyMap<unknown, ValidateFunction> = new Map(
  Object.entries(REPLY_SCHEMAS).map(([type, schema]) => [type, ajv.compile(schema)]),
);

interface Typed {
  readonly type: string;
  readonly url?: string;
}

function readMessage(message: unknown, { allowHttp = false }: ReplyOptions): OutboundContent | ReplyFault {
  const type = typeof message === 'object' && message !== null && 'type' in message ? message.type : undefined;
  const isValid = validators.get(type);
  if (!isValid) return 'reply-unknown-type';
  if (!isValid(message)) return 'reply-malformed';
  const { url } = message as Typed;
  if (url !== undefined && !isAllowed(url, allowHttp)) return 'reply-url-not-allowed';
  const content = outbound(message as Typed);
  return idsOf(content).some(isOwnChoice) ? 'reply-choice-reserved' : content;
}

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

/** All that may come back as a choice. Where a template has the payloads of its buttons is the platform's affair. */
function idsOf(content: OutboundContent): readonly string[] {
  switch (content.type) {
    case 'text':
      return (content.choices ?? []).map(({ id }) => id);
    case 'buttons':
      return content.buttons.map(({ id }) => id);
    case 'list':
      return content.sections.flatMap(({ rows }) => rows.map(({ id }) => id));
    case 'template':
      return textsIn(content.components);
    case 'media':
    case 'location':
    case 'reaction':
    case 'read':
    case 'typing':
      return [];
    default:
      return content satisfies never;
  }
}

/** Validated and stripped: what is left has the form of the content, but for media, which bots name by their type. */
function outbound(message: Typed): OutboundContent {
  const media = MEDIA_TYPES.find((one) => one === message.type);
  return (media ? { ...message, type: 'media', media } : message) as OutboundContent;
}

function isAllowed(url: string, allowHttp: boolean): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password } = new URL(url);
  return (protocol === 'https:' || (allowHttp && protocol === 'http:')) && username === '' && password === '';
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((inner) => isShallow(inner, depth - 1));
}
