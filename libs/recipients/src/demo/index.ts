// The demo bot inside the gateway: it is given what every bot is given, and its answer is read like every bot's.
import type { RecipientKind } from '../contract.js';
import { botRequest } from '../shared/bot-request.js';
import { readReplies } from '../shared/replies.js';
import { assistant } from './assistant.js';

export const demo: RecipientKind = {
  kind: 'demo',
  transport: 'in-process',
  answer(turn, context) {
    const replies = readReplies(assistant(botRequest(turn, context)));
    return 'messages' in replies ? replies.messages : [];
  },
};
