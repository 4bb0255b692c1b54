// The recipients: their contract and the list. A new kind is one folder and one line here.
import { botframework } from './botframework/index.js';
import type { RecipientKind } from './contract.js';
import { crm } from './crm/index.js';
import { demo } from './demo/index.js';
import { openai } from './openai/index.js';
import { rasa } from './rasa/index.js';
import { webhook } from './webhook/index.js';

export type { RecipientAttachment, RecipientContext, RecipientKind, RecipientOutcome } from './contract.js';
export type { BotRequest } from './shared/bot-request.js';
export { secretsFor, takes } from './shared/credentials.js';
export { readReplies, type Replies, type ReplyFault } from './shared/replies.js';

export const RECIPIENT_KINDS: readonly RecipientKind[] = [webhook, rasa, openai, botframework, crm, demo];

export const isOneWay = (name: string): boolean =>
  RECIPIENT_KINDS.some((one) => one.kind === name && one.transport === 'http' && one.oneWay === true);
