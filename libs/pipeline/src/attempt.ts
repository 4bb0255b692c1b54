// What goes along with a message and comes back with its statuses: which sending of it they tell about. Ours, random, no person in it.
import { UUID_PATTERN } from '#libs/kernel';
import type { OpenMessage, StatusRow } from '#libs/store';

const ATTEMPT = new RegExp(`^(${UUID_PATTERN})[.](\\d{1,4})[.](\\d{1,4})$`);

/** Of the attempt that is about to be made. */
export const attemptId = ({ id, replays, attempts }: Pick<OpenMessage, 'id' | 'replays' | 'attempts'>): string =>
  `${id}.${replays}.${attempts + 1}`;

/** What a status names; parts of a message that are not its last name nothing. */
export function readAttempt(opaque: string | undefined): Pick<StatusRow, 'messageId' | 'attempt'> {
  const [, messageId, replays, number] = ATTEMPT.exec(opaque ?? '') ?? [];
  return messageId === undefined
    ? { messageId: null }
    : { messageId, attempt: { replays: Number(replays), number: Number(number) } };
}
