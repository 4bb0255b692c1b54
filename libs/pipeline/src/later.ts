// Messages that a recipient, or the tenant itself, writes into a conversation later: queued like an answer, then delivered in turn.
import {
  closedByStop,
  dependsOn,
  gateOf,
  replyMandate,
  type CompiledInstructions,
  type Dependence,
} from '#libs/instructions';
import { Problem, type OutboundContent } from '#libs/kernel';
import type { Store } from '#libs/store';
import { openSubjectKey } from '#libs/vault';
import { sealOutbound } from './body.js';
import type { Tenants } from './tenants.js';
import { newMessageId } from './message-id.js';
import { openTokens, restoreAnswer } from './tokens.js';

export interface LaterDeps {
  readonly store: Pick<Store, 'conversation' | 'goesOnIn' | 'queueOutbound' | 'consentsOf' | 'objectionsOf'>;
  readonly tenants: Tenants;
  readonly wake: (conversations: readonly { tenantId: string; conversationId: string }[]) => void;
}

const CLOSED =
  'No purpose of this recipient is open for this person: consent is missing, or there is an objection or a wish to hear no more.';

/** Answers the ids of the queued messages, in order. @throws Problem not-instructed, not-found */
export function createLater({ store, tenants, wake }: LaterDeps) {
  /** What it depends on that a recipient writes. @throws Problem not-instructed, when none of its purposes is open */
  async function dependenceOf(
    instructions: CompiledInstructions,
    recipient: string | null,
    to: { readonly subject_id: string; readonly marketing_stopped_at: Date | null },
  ): Promise<Dependence> {
    const purposes = instructions.recipients.find((one) => one.id === recipient)?.purposes;
    if (!purposes) return { underConsent: null, marketing: false };
    const { tenantId } = instructions;
    const [records, objected] = await Promise.all([
      instructions.consents.length > 0 ? store.consentsOf(tenantId, to.subject_id) : [],
      store.objectionsOf(tenantId, to.subject_id),
    ]);
    const { open } = gateOf(instructions, records, new Date());
    const closed = [...objected, ...closedByStop(instructions, records, to.marketing_stopped_at)];
    const left = purposes.filter((purpose) => open.has(purpose) && !closed.includes(purpose));
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
    const conversationId = await store.goesOnIn(tenantId, to.conversationId);
    const conversation = await store.conversation(tenantId, conversationId);
    // Nothing can go out by an account that was removed.
    if (!conversation?.connected) throw new Problem('not-found');
    const key = openSubjectKey(owner.keys, conversation.subject_id, conversation.wrapped_key);
    const whose = { tenantId, subjectId: conversation.subject_id, key };
    const { version, clause } = mandate.instruction;
    const tokens = openTokens(whose, conversationId, conversation.tokens);
    // Instructed to be stored as tokens, it is put together when it is sent.
    const isStored = owner.instructions.freeText.beforeStore === 'tokenise';
    const dependence = await dependenceOf(owner.instructions, to.recipient, conversation);
    const ids: string[] = [];
    for (const content of messages) {
      const id = newMessageId();
      const body = sealOutbound(mandate, whose, { id, content: isStored ? content : restoreAnswer(content, tokens) });
      const row = { id, type: content.type, body, replyTo: null, version, clause, ...dependence };
      if (!(await store.queueOutbound(tenantId, conversationId, row))) throw new Problem('not-found');
      ids.push(id);
    }
    wake([{ tenantId, conversationId }]);
    return ids;
  };
}
