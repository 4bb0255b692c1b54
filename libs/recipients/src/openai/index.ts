// A language model behind the Chat Completions API of OpenAI, or of a server that speaks it. It sees one message at a time.
import type { RecipientKind } from '../contract.js';
import { botRequest } from '../shared/bot-request.js';
import { fieldsOf, listOf, say, textOf, withPath } from '../shared/foreign.js';
import { interpreter } from '../shared/outcome.js';

/** `https://api.example/v1` and the full address are both what people write. */
const endpoint = (url: string | null): string => {
  const full = withPath(url, '/v1/chat/completions');
  return full.endsWith('/chat/completions') ? full : `${full.replace(/\/$/, '')}/chat/completions`;
};

function messagesOf(json: unknown): unknown {
  const [first] = listOf(fieldsOf(json)['choices']);
  const message = fieldsOf(first?.['message']);
  const text = textOf(message['content']) ?? textOf(message['refusal']);
  return { messages: text === null ? [] : [say(text, [])] };
}

export const openai: RecipientKind = {
  kind: 'openai',
  transport: 'http',
  credential: 'key',
  events: ['message'],

  /** Only the words go out, with a pseudonym against abuse; nothing is to be stored on the other side. */
  render(turn, context) {
    const { subject, message } = botRequest(turn, context);
    const said = { role: 'user', content: message.text ?? `(${message.type})` };
    return {
      method: 'POST',
      url: endpoint(context.url),
      bearer: { secret: 'key' },
      json: {
        model: context.model ?? '',
        messages: context.prompt === null ? [said] : [{ role: 'system', content: context.prompt }, said],
        store: false,
        safety_identifier: subject,
      },
      expect: 'json',
      timeoutMs: 60_000,
      maxBytes: 1_048_576,
    };
  },

  interpret: interpreter(messagesOf),
};
