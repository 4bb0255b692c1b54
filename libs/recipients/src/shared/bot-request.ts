// What a bot is told of one message: the body of the bot contract (docs/bot-contract.md).
import type { MinimisedTurn } from '#libs/instructions';
import { reveal, type Content } from '#libs/kernel';
import type { RecipientAttachment, RecipientContext } from '../contract.js';

/** Times are ISO 8601, UTC. Ids are ours and pseudonymous; nothing of the platform's is among them. */
export interface BotRequest {
  readonly event: RecipientContext['event'];
  readonly conversation: string;
  readonly subject: string;
  readonly channel: string;
  /** BCP 47, when the channel states one. */
  readonly locale?: string;
  readonly message: BotMessage;
  /** Identifiers that the instructions send to this recipient; left out when there are none. */
  readonly identifiers?: Readonly<Record<string, string>>;
  readonly instructions: { readonly version: number; readonly clause: string };
}

export interface BotMessage extends Part {
  readonly id: string;
  readonly attachments: readonly RecipientAttachment[];
  /** Types of files that came with it and could not be had; left out when there are none. */
  readonly missing?: readonly string[];
  readonly at: string;
  /** The earlier message, theirs or ours, that it answers, or that an edit, revoke or reaction is about. */
  readonly target?: string;
}

interface Part {
  /** `text`, `image` … `sticker`, `choice`, `location`, `contacts`, `form`, `order`, `group`, `unsupported`; without content the event. */
  readonly type: string;
  /** What was typed, a caption, the title of what was chosen, or a reaction's emoji; null when there is none or it was not instructed. */
  readonly text: string | null;
  /** The id of the choice that was made. */
  readonly choice?: string;
  /** What is neither text nor attachment, as structured data. */
  readonly content?: unknown;
}

export function botRequest(turn: MinimisedTurn, context: RecipientContext): BotRequest {
  const { event, conversation, subject, channel, locale, target, instruction } = context;
  const content = turn.content ? reveal(turn.content) : null;
  return {
    event,
    conversation,
    subject,
    channel,
    ...(locale === null ? {} : { locale }),
    message: {
      id: context.messageId,
      ...(content ? part(content) : { type: turn.contentType ?? event, text: null }),
      ...(event === 'reaction' ? { type: event } : {}),
      ...(turn.categories.includes('attachments') ? filesOf(context) : { attachments: [] }),
      at: context.at.toISOString(),
      ...(target === undefined ? {} : { target }),
    },
    ...(Object.keys(turn.identifiers).length === 0 ? {} : { identifiers: turn.identifiers }),
    instructions: { version: instruction.version, clause: instruction.clause },
  };
}

const filesOf = ({ attachments, missing }: RecipientContext) => ({
  attachments,
  ...(missing.length === 0 ? {} : { missing }),
});

/** Media names no source: ids and URLs of the platform stay here, the bytes are among the attachments. */
function part(content: Content): Part {
  switch (content.type) {
    case 'text':
      return { type: 'text', text: content.text };
    case 'media':
      return { type: content.media, text: content.caption ?? null };
    case 'choice':
      return { type: 'choice', text: content.title ?? content.id, choice: content.id };
    case 'group':
      return group(content.items.map(part));
    case 'location':
    case 'contacts':
    case 'form':
    case 'order':
    case 'unsupported': {
      const { type, ...rest } = content;
      return { type, text: null, content: rest };
    }
    default:
      return content satisfies never;
  }
}

/** A group reads as the texts of its parts, one below the other. */
function group(parts: readonly Part[]): Part {
  const texts = parts.flatMap(({ text }) => (text === null ? [] : [text]));
  const choice = parts.find((one) => one.choice !== undefined)?.choice;
  return {
    type: 'group',
    text: texts.length === 0 ? null : texts.join('\n'),
    ...(choice === undefined ? {} : { choice }),
    content: { parts },
  };
}
