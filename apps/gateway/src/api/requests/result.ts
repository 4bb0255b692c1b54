// Addresses of attachments are made when a copy is fetched, because they are good for an hour only.
import type { PersonCopy } from '#libs/rights';

type Conversation = PersonCopy['conversations'][number];
type Message = Conversation['messages'][number];

/** Each of the items made into another, side by side. */
const each = <T>(items: readonly T[], make: (item: T) => Promise<T>): Promise<T[]> => Promise.all(items.map(make));

export function withAddresses(
  copies: readonly PersonCopy[],
  urlOf: (attachmentId: string) => Promise<string>,
): Promise<PersonCopy[]> {
  const message = async (one: Message): Promise<Message> => ({
    ...one,
    attachments: await each(one.attachments, async (file) => ({ ...file, url: await urlOf(file.id) })),
  });
  const conversation = async (one: Conversation): Promise<Conversation> => ({
    ...one,
    messages: await each(one.messages, message),
  });
  return each(copies, async (copy) => ({ ...copy, conversations: await each(copy.conversations, conversation) }));
}
