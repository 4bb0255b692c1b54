// Addresses of the files of a copy are made when it is handed out: those behind an address are good for an hour only.
import type { PersonCopy } from '../acts/copy.js';

type Conversation = PersonCopy['conversations'][number];
type Message = Conversation['messages'][number];
export type CopiedFile = Message['attachments'][number];

/** Each of the items made into another, side by side. */
const each = <T>(items: readonly T[], make: (item: T) => Promise<T>): Promise<T[]> => Promise.all(items.map(make));

export async function withAddresses(
  copy: PersonCopy,
  urlOf: (file: CopiedFile) => Promise<string>,
): Promise<PersonCopy> {
  const message = async (one: Message): Promise<Message> => ({
    ...one,
    attachments: await each(one.attachments, async (file) => ({ ...file, url: await urlOf(file) })),
  });
  const conversation = async (one: Conversation): Promise<Conversation> => ({
    ...one,
    messages: await each(one.messages, message),
  });
  return { ...copy, conversations: await each(copy.conversations, conversation) };
}
