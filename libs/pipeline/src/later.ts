// Messages that a recipient, or the tenant itself, writes into a conversation later: queued like an answer, then delivered in turn.
import { dependsOn, gateOf, replyMandate, type CompiledInstructions } from '#libs/instructions';
import { Problem, type OutboundContent } from '#libs/kernel';
import type { Store } from '#libs/store';
import { openSubjectKey } from '#libs/vault';
import { sealOutbound } from './body.js';
import type { Tenants } from './tenants.js';
import { newMessageId } from './message-id.js';
import { openTokens, restoreAnswer } from './tokens.js';

export interface LaterDeps {
  readonly store: Pick<Store, 'conversation' | 'queueOutbound' | 'consentsOf' | 'objectionsOf'>;
  readonly tenants: Tenants;
  readonly wake: (conversations: readonly { tenantId: string; conversationId: string }[]) => void;
}

const CLOSED = 'No purpose of this recipient is open for this person: consent is missing, or there is an objection.';

/** Answers the ids of the queued messages, in order. @throws Problem not-instructed, not-found */
export function createLater({ store, tenants, wake }: LaterDeps) {
  /** The consent that what a recipient writes depends on. @throws Problem not-instructed, when none of its purposes is open */
  async function underConsentOf(
    instructions: CompiledInstructions,
    recipient: string | null,
    subjectId: string,
  ): Promise<string | null> {
    const purposes = instructions.recipients.find((one) => one.id === recipient)?.purposes;
    if (!purposes) return null;
    const { tenantId } = instructions;
    const [records, objected] = await Promise.all([
      instructions.consents.length > 0 ? store.consentsOf(tenantId, subjectId) : [],
      store.objectionsOf(tenantId, subjectId),
    ]);
    const { open } = gateOf(instructions, records, new Date());
    const left = purposes.filter((purpose) => open.has(purpose) && !objected.includes(purpose));
    if (left.length === 0) throw new Problem('not-instructed', CLOSED);
    return dependsOn(instructions, left, open);
  }

  return async function queueReply(
    tenantId: string,
    to: { readonly conversationId: string; readonly recipient: string | null },
    messages: readonly OutboundContent[],
  ): Promise<readonly string[]> {
    const owner = await tenants.tenant(tenantId);
    const mandate = owner?.instructions ? replyMandate(owner.instructions) : null;
    const named = to.recipient === null || owner?.instructions?.recipients.some((one) => one.id === to.recipient);
    if (!owner?.instructions || !mandate || !named) throw new Problem('not-instructed');
    const conversation = await store.conversation(tenantId, to.conversationId);
    // Nothing can go out by an account that was removed.
    if (!conversation?.connected) throw new Problem('not-found');
    const key = openSubjectKey(owner.keys, conversation.subject_id, conversation.wrapped_key);
    const whose = { tenantId, subjectId: conversation.subject_id, key };
    const { version, clause } = mandate.instruction;
    const tokens = openTokens(whose, to.conversationId, conversation.tokens);
    // Instructed to be stored as tokens, it is put together when it is sent.
    const isStored = owner.instructions.freeText.beforeStore === 'tokenise';
    const underConsent = await underConsentOf(owner.instructions, to.recipient, conversation.subject_id);
    const ids: string[] = [];
    for (const content of messages) {
      const id = newMessageId();
      const body = sealOutbound(mandate, whose, { id, content: isStored ? content : restoreAnswer(content, tokens) });
      const row = { id, type: content.type, body, replyTo: null, version, clause, underConsent };
      if (!(await store.queueOutbound(tenantId, to.conversationId, row))) throw new Problem('not-found');
      ids.push(id);
    }
    wake([{ tenantId, conversationId: to.conversationId }]);
    return ids;
  };
}
