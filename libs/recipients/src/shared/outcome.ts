// What an HTTP answer of a recipient means: taken, later, never. Which messages are in it, each kind reads by itself.
import type { HttpResponse } from '#libs/kernel';
import type { RecipientOutcome } from '../contract.js';
import { readReplies } from './replies.js';
import { retryOrGiveUp } from './schedule.js';

/** Answers by which a server says "not now" (429 and 5xx apart): the request came too late or too early. */
const NOT_NOW: ReadonlySet<number> = new Set([408, 425, 429]);

type Interpret = (response: HttpResponse, attempt: number, random: number) => RecipientOutcome;

/** 2xx took the message, whatever is in its body; an answer that cannot be read is not asked for again. */
export const interpreter =
  (messagesOf: (json: unknown) => unknown): Interpret =>
  (response, attempt, random) => {
    if (response.kind === 'failed') {
      if (response.reason === 'forbidden-host') return { kind: 'refused', code: 'forbidden-host' };
      if (response.reason === 'too-large') return { kind: 'refused', code: 'reply-too-large' };
      return retryOrGiveUp({ code: response.reason, attempt, random });
    }
    const { status, headers } = response;
    const code = `http-${status}`;
    if (status === 410) return { kind: 'gone' };
    if (NOT_NOW.has(status) || status >= 500)
      return retryOrGiveUp({ code, attempt, random, retryAfter: headers['retry-after'] });
    if (status < 200 || status > 299) return { kind: 'refused', code };
    const replies = readReplies(messagesOf(response.json));
    return 'refused' in replies ? { kind: 'refused', code: replies.refused } : { kind: 'answered', ...replies };
  };
