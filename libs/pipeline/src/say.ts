// What the law has the person told of a request, in the chat in which it was made: queued like an answer, and sent also to whoever is restricted.
import { replyMandate } from '#libs/instructions';
import { ABOUT_RIGHTS, type Store } from '#libs/store';
import { openSubjectKey } from '#libs/vault';
import { sealOutbound } from './body.js';
import { newMessageId } from './message-id.js';
import type { Tenants } from './tenants.js';

export interface SayDeps {
  readonly store: Pick<Store, 'conversation' | 'goesOnIn' | 'queueOutbound'>;
  readonly tenants: Tenants;
  readonly wake: (conversations: readonly { tenantId: string; conversationId: string }[]) => void;
}

/** False when nothing can be said there: the account, the person or the permission to answer is gone. */
export function createSay({ store, tenants, wake }: SayDeps) {
  return async function say(
    tenantId: string,
    asked: string,
    textIn: (language: string | null) => string,
  ): Promise<boolean> {
    const owner = await tenants.tenant(tenantId);
    const mandate = owner?.instructions ? replyMandate(owner.instructions) : null;
    const conversationId = await store.goesOnIn(tenantId, asked);
    const conversation = mandate && (await store.conversation(tenantId, conversationId));
    if (!owner || !mandate || !conversation?.connected || conversation.wrapped_key.length === 0) return false;
    const { subject_id: subjectId, locale } = conversation;
    const whose = { tenantId, subjectId, key: openSubjectKey(owner.keys, subjectId, conversation.wrapped_key) };
    const id = newMessageId();
    const body = sealOutbound(mandate, whose, { id, content: { type: 'text', text: textIn(locale) } });
    const { version, clause } = mandate.instruction;
    const row = { id, type: ABOUT_RIGHTS, body, replyTo: null, version, clause, purposes: [], underConsent: [] };
    if (!(await store.queueOutbound(tenantId, conversationId, row))) return false;
    wake([{ tenantId, conversationId }]);
    return true;
  };
}
