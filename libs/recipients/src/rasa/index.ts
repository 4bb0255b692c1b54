// Rasa's REST channel: a message in, its bot's messages out (rasa.com, "REST Channels").
import type { RecipientKind } from '../contract.js';
import { botRequest, type BotRequest } from '../shared/bot-request.js';
import { fieldsOf, listOf, say, textOf, withPath } from '../shared/foreign.js';
import { interpreter } from '../shared/outcome.js';

/**
 * Rasa takes what begins with a slash for an intent: buttons may, words may not. In web chat it is the browser that says which button, there as
 * in Rasa's own widget. What has no words is an intent of its type.
 */
function messageOf({ type, text, choice }: BotRequest['message']): string {
  if (choice !== undefined) return choice;
  return text === null ? `/${type}` : text.replace(/^[\s/]+/, '');
}

const choicesOf = (buttons: unknown) =>
  listOf(buttons).flatMap(({ title, payload }) => {
    const [name, id] = [textOf(title), textOf(payload) ?? textOf(title)];
    return name === null || id === null ? [] : [{ id, title: name }];
  });

function messagesOf(json: unknown): unknown {
  const messages = listOf(json).flatMap((one) => {
    const [text, image] = [textOf(one['text']), textOf(one['image'])];
    return [...(text === null ? [] : [say(text, choicesOf(one['buttons']))]), ...(image === null ? [] : [{ type: 'image', url: image }])]; // prettier-ignore
  });
  return { messages };
}

export const rasa: RecipientKind = {
  kind: 'rasa',
  transport: 'http',
  credential: 'optional-key',
  events: ['message'],

  /** One dialogue of Rasa is one conversation; its `sender` is our pseudonym of it. */
  render(turn, context) {
    const { conversation, subject, channel, locale, message, identifiers, instructions } = botRequest(turn, context);
    const { id, type, attachments } = message;
    const metadata = { subject, channel, locale, id, type, attachments, identifiers, instructions };
    return {
      method: 'POST',
      url: withPath(context.url, '/webhooks/rest/webhook'),
      bearer: { secret: 'key' },
      json: { sender: conversation, message: messageOf(message), metadata },
      expect: 'json',
      timeoutMs: 15_000,
      maxBytes: 262_144,
    };
  },

  interpret: interpreter((json) => (Array.isArray(json) ? messagesOf(json) : messagesOf(fieldsOf(json)['messages']))),
};
