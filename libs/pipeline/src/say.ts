// What the law has the person told of a request, in the chat in which it was made: queued like an answer, and sent also to whoever is restricted.
import { replyMandate } from '#libs/instructions';
import { ABOUT_RIGHTS, type Store, type Words } from '#libs/store';
import { openSubjectKey } from '#libs/vault';
import { sealOutbound } from './body.js';
import { newMessageId } from './message-id.js';
import type { Tenants } from './tenants.js';

export interface WordsDeps {
  readonly store: Pick<Store, 'conversation' | 'goesOnIn'>;
  readonly tenants: Tenants;
}

export interface SayDeps extends WordsDeps {
  readonly store: Pick<Store, 'conversation' | 'goesOnIn' | 'queueOutbound'>;
  readonly wake: (conversations: readonly { tenantId: string; conversationId: string }[]) => void;
}

type TextIn = (language: string | null) => string;

/** Sealed, for whoever queues it together with what it tells of; null when nothing can be said there: the account, the person or the permission to answer is gone. */
export function createWords({ store, tenants }: WordsDeps) {
  return async function words(tenantId: string, asked: string, textIn: TextIn): Promise<Words | null> {
    const owner = await tenants.tenant(tenantId);
    const mandate = owner?.instructions ? replyMandate(owner.instructions) : null;
    const conversationId = await store.goesOnIn(tenantId, asked);
    const conversation = mandate && (await store.conversation(tenantId, conversationId));
    if (!owner || !mandate || !conversation?.connected || conversation.wrapped_key.length === 0) return null;
    const { subject_id: subjectId, locale } = conversation;
    const whose = { tenantId, subjectId, key: openSubjectKey(owner.keys, subjectId, conversation.wrapped_key) };
    const id = newMessageId();
    const body = sealOutbound(mandate, whose, { id, content: { type: 'text', text: textIn(locale) } });
    const { version, clause } = mandate.instruction;
    const row = { id, type: ABOUT_RIGHTS, body, replyTo: null, version, clause, purposes: [], underConsent: [] };
    return { conversationId, row };
  };
}

/** At once; false when nothing can be said there. */
export function createSay({ wake, ...deps }: SayDeps) {
  const wordsFor = createWords(deps);
  return async function say(tenantId: string, asked: string, textIn: TextIn): Promise<boolean> {
    const words = await wordsFor(tenantId, asked, textIn);
    if (!words || !(await deps.store.queueOutbound(tenantId, words.conversationId, words.row))) return false;
    wake([{ tenantId, conversationId: words.conversationId }]);
    return true;
  };
}
