// What each error of the Graph API means for a message sent on one of Meta's messengers, as data.
import type { HttpResponse, SendOutcome } from '#libs/kernel';
import { errorTable, readGraphAnswer, type ErrorRow, type Verdict } from '../graph-answer.js';
import { text } from '../read.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const transient: Verdict = { kind: 'retry', attempts: 5 };
const windowClosed: Verdict = { kind: 'refused', reason: 'window-closed' };
const recipient: Verdict = { kind: 'refused', reason: 'recipient' };
const content: Verdict = { kind: 'refused', reason: 'content' };
const credentials: Verdict = { kind: 'stopped', reason: 'credentials' };
const restricted: Verdict = { kind: 'stopped', reason: 'restricted' };
const throttled = (afterMs: number, scope: 'pair' | 'connection' = 'connection'): Verdict => ({
  kind: 'throttled',
  scope,
  afterMs,
  growth: 2,
});

/**
 * Sources: Messenger Platform, Common error codes (18 March 2026; it covers Instagram) and changelog (30 June 2026: 10/1893063);
 * 100/2534014 is Instagram's "The requested user cannot be found", 2018300 and 2018028 what they say below, as reported by others. The waits are ours.
 * Some subcodes are listed with every code that Meta has sent them with.
 */
export const errorRows: readonly ErrorRow[] = [
  { codes: [1, 2, 1200], means: transient },
  // "The messages are all sent successfully, but the endpoint returns an error": sending again would send twice.
  { codes: [1], subcode: 1357046, means: { kind: 'refused', reason: 'information-lost' } },

  { codes: [4, 17, 32, 613], means: throttled(MINUTE) },
  { codes: [4], subcode: 2018022, means: throttled(5 * MINUTE) },
  { codes: [80006], means: throttled(5 * MINUTE) },
  // Meta's warning that this person is being bothered.
  { codes: [613], subcode: 1893016, means: throttled(60 * MINUTE, 'pair') },

  { codes: [10, 100, 200], subcode: 2018278, means: windowClosed },
  { codes: [10], subcode: 2018065, means: windowClosed },
  { codes: [10], subcode: 2534022, means: windowClosed },

  { codes: [551], means: recipient },
  // Another app has the thread now: staff in the page's inbox, say. The page can write to everybody else.
  { codes: [10, 200], subcode: 2018300, means: recipient },
  // While the app is not live only its own testers can be written to, who must not be stopped by the others.
  { codes: [10, 200], subcode: 2018028, means: recipient },
  { codes: [200, 551], subcode: 1545041, means: recipient },
  { codes: [10], subcode: 2018108, means: recipient },
  { codes: [100, 200, 551], subcode: 2018001, means: recipient },
  { codes: [100], subcode: 2534014, means: recipient },
  { codes: [200], subcode: 2018021, means: recipient },
  // Mostly a person whom this page cannot address; a page that cannot be reached at all is found by the credential check.
  { codes: [100], subcode: 33, means: recipient },

  { codes: [100], means: content },

  { codes: [3, 10, 102, 190], means: credentials },
  { codes: [], range: [200, 299], means: credentials },
  { codes: [368], means: restricted },
  { codes: [10, 200], subcode: 1893063, means: restricted },
];

export const errors = errorTable(errorRows);

/** Sender actions are answered without a message id. */
export const interpret = (response: HttpResponse, attempt: number): SendOutcome =>
  readGraphAnswer(response, attempt, { table: errors, messageId: (body) => text(body['message_id']) });
