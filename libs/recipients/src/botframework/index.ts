// A bot of the Bot Framework: activities in, and in the answer those that it sends back (delivery mode `expectReplies`).
import type { RecipientKind } from '../contract.js';
import { botRequest, type BotRequest } from '../shared/bot-request.js';
import { fieldsOf, listOf, say, textOf } from '../shared/foreign.js';
import { interpreter } from '../shared/outcome.js';

/** What an activity is, by what happened. */
function partOf({ event, message }: BotRequest): object {
  const { text, choice, target } = message;
  const about = target === undefined ? {} : { replyToId: target };
  switch (event) {
    case 'message':
      return { type: 'message', text: text ?? '', ...(choice === undefined ? {} : { value: choice }) };
    case 'edit':
      return { type: 'messageUpdate', text: text ?? '', ...about };
    case 'revoke':
      return { type: 'messageDelete', ...about };
    case 'reaction':
      return { type: 'messageReaction', reactionsAdded: text === null ? [] : [{ type: text }], ...about };
    case 'referral':
    case 'optin':
    case 'feedback':
    case 'account-linking':
      return { type: 'event', name: event, ...about };
    default:
      return event satisfies never;
  }
}

/** Of `image/png` the first part; anything else is a document. */
function mediaOf({ contentType, contentUrl, name }: Readonly<Record<string, unknown>>): object[] {
  const url = textOf(contentUrl);
  if (url === null) return [];
  const [kind = ''] = (textOf(contentType) ?? '').split('/');
  const file = textOf(name);
  return ['image', 'video', 'audio'].includes(kind)
    ? [{ type: kind, url }]
    : [{ type: 'document', url, ...(file === null ? {} : { fileName: file }) }];
}

const choicesOf = (suggested: unknown) =>
  listOf(fieldsOf(suggested)['actions']).flatMap(({ title, value }) => {
    const name = textOf(title) ?? textOf(value);
    return name === null ? [] : [{ id: textOf(value) ?? name, title: name }];
  });

function messagesOf(json: unknown): unknown {
  const messages = listOf(fieldsOf(json)['activities']).flatMap((activity) => {
    if (activity['type'] === 'typing') return [{ type: 'typing' }];
    if (activity['type'] !== 'message') return [];
    const text = textOf(activity['text']);
    const words = text === null ? [] : [say(text, choicesOf(activity['suggestedActions']))];
    return [...words, ...listOf(activity['attachments']).flatMap(mediaOf)];
  });
  return { messages };
}

export const botframework: RecipientKind = {
  kind: 'botframework',
  transport: 'http',
  credential: 'optional-key',

  render(turn, context) {
    const request = botRequest(turn, context);
    const { conversation, subject, channel, locale, message, identifiers, instructions } = request;
    return {
      method: 'POST',
      url: context.url ?? '',
      bearer: { secret: 'key' },
      json: {
        ...partOf(request),
        id: message.id,
        timestamp: message.at,
        channelId: 'parley',
        deliveryMode: 'expectReplies',
        from: { id: subject, role: 'user' },
        recipient: { id: turn.recipient, role: 'bot' },
        conversation: { id: conversation },
        locale,
        attachments: message.attachments.map(({ mime, url }) => ({ contentType: mime, contentUrl: url })),
        channelData: { channel, identifiers, instructions, content: message.content, missing: message.missing },
      },
      expect: 'json',
      timeoutMs: 15_000,
      maxBytes: 262_144,
    };
  },

  interpret: interpreter(messagesOf),
};
