// Addresses of attachments are made when a copy is fetched, because they are good for an hour only.
import type { PersonCopy } from '#libs/rights';

type Addressed = PersonCopy['conversations'][number]['messages'][number]['attachments'][number] & {
  readonly url: string;
};

export const withAddresses = (
  copies: readonly PersonCopy[],
  urlOf: (attachmentId: string) => Promise<string>,
): Promise<object[]> =>
  Promise.all(
    copies.map(async (copy) => ({
      ...copy,
      conversations: await Promise.all(
        copy.conversations.map(async (conversation) => ({
          ...conversation,
          messages: await Promise.all(
            conversation.messages.map(async (message) => ({
              ...message,
              attachments: await Promise.all(
                message.attachments.map(async (a): Promise<Addressed> => ({ ...a, url: await urlOf(a.id) })),
              ),
            })),
          ),
        })),
      ),
    })),
  );
