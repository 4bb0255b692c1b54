// Is a tapped quick reply one of `user_email` or `user_phone_number`? Then its text is an identifier, not conversation.
import { fields, text, type Fields } from '../read.js';

export interface ContactReply {
  /** The identifier kind by which instructions rule on it. */
  readonly key: 'quick_reply_email' | 'quick_reply_phone';
  readonly value: string;
}

const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,255}\.[^\s@.]{2,63}$/;
const PHONE = /^\+?[\d\s().\u2010-\u2015/-]{6,40}$/;

/**
 * The webhook does not say which type was tapped: the address or number stands in `text` and in `quick_reply.payload`, where
 * an ordinary quick reply has a title and the bot's own string (Messenger Platform, Quick replies, 22 April 2026). In doubt it
 * is taken for an identifier; only a number that differs from the shown title is taken for a bot's own.
 */
export function contactReply(message: Fields): ContactReply | null {
  const payload = text(fields(message['quick_reply'])['payload'])?.trim();
  if (payload === undefined) return null;
  const title = text(message['text'])?.trim() ?? '';
  const address = [payload, title].find((value) => EMAIL.test(value));
  if (address !== undefined) return { key: 'quick_reply_email', value: address };
  const isNumber = isPhone(payload) && (payload.startsWith('+') || digits(payload) === digits(title));
  return isNumber ? { key: 'quick_reply_phone', value: payload } : null;
}

const digits = (value: string): string => value.replaceAll(/\D/g, '');

const isPhone = (value: string): boolean => {
  const { length } = digits(value);
  return PHONE.test(value) && length >= 7 && length <= 15;
};
