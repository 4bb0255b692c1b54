// Messages that a recipient, or the tenant itself, writes into a conversation later: queued like an answer, then delivered in turn.
import {
  coveringOf,
  dependsOn,
  INDEPENDENT,
  replyMandate,
  templateFor,
  type CompiledInstructions,
  type Dependence,
  type TemplateAt,
} from '#libs/instructions';
import { Problem, type OutboundContent } from '#libs/kernel';
import { isOneWay } from '#libs/recipients';
import type { Store } from '#libs/store';
import { openSubjectKey } from '#libs/vault';
import { sealOutbound } from './body.js';
import type { Tenants } from './tenants.js';
import { newMessageId } from './message-id.js';
import { standingOf, type Person } from './standing.js';
import { openTokens, restoreAnswer } from './tokens.js';

export interface LaterDeps {
  readonly store: Pick<Store, 'conversation' | 'goesOnIn' | 'queueOutbound' | 'consentsOf' | 'agesOf' | 'objectionsOf'>;
  readonly tenants: Tenants;
  readonly wake: (conversations: readonly { tenantId: string; conversationId: string }[]) => void;
}

const CLOSED =
  'No purpose of this recipient is open for this person: consent, or the age for it, is missing, or there is an objection or a wish to hear no more.';

const NO_TEMPLATE =
  'A template has to name its purpose, one of whoever writes it, and that purpose has to be open for this person; without one it counts as marketing.';

const ONLY_TOLD = 'A recipient of this kind is told of messages, and writes none.';

const free = (instructions: CompiledInstructions, open?: ReadonlySet<string>): Dependence => ({
  ...INDEPENDENT,
  fleeting: coveringOf(instructions, 'content', open) === null,
});

/** Answers the ids of the queued messages, in order. @throws Problem not-instructed, not-found, restricted */
export function createLater({ store, tenants, wake }: LaterDeps) {
  /** On what each message depends. @throws Problem not-instructed, when it may not go to this person */
  async function dependencesOf(
    instructions: CompiledInstructions,
    recipient: string | null,
    { to, messages }: { readonly to: Person; readonly messages: readonly OutboundContent[] },
  ): Promise<readonly Dependence[]> {
    const theirs = instructions.recipients.find((one) => one.id === recipient)?.purposes;
    // What the tenant's own people write in a conversation answers somebody; a template need not.
    if (!theirs && messages.every(({ type }) => type !== 'template')) return messages.map(() => free(instructions));
    const { open, objected } = await standingOf(instructions, to, store);
    const purposes = theirs ?? Object.keys(instructions.purposes);
    const declined = to.marketing_stopped_at !== null || objected.length > 0;
    const at: TemplateAt = { compiled: instructions, purposes, open, declined };
    if (theirs && !theirs.some((purpose) => open.has(purpose))) throw new Problem('not-instructed', CLOSED);
    return messages.map((content) => {
      if (content.type !== 'template') return theirs ? dependsOn(instructions, theirs, open) : free(instructions, open);
      const dependence = templateFor(at, content.purpose, recipient === null);
      if (!dependence) throw new Problem('not-instructed', NO_TEMPLATE);
      return dependence;
    });
  }

  return async function queueReply(
    tenantId: string,
    to: { readonly conversationId: string; readonly recipient: string | null },
    messages: readonly OutboundContent[],
  ): Promise<readonly string[]> {
    const owner = await tenants.tenant(tenantId);
    const mandate = owner?.instructions ? replyMandate(owner.instructions) : null;
    const writer = owner?.instructions?.recipients.find((one) => one.id === to.recipient);
    if (!owner?.instructions || !mandate || (to.recipient !== null && !writer)) throw new Problem('not-instructed');
    if (writer && isOneWay(writer.kind)) throw new Problem('not-instructed', ONLY_TOLD);
    const conversationId = await store.goesOnIn(tenantId, to.conversationId);
    const conversation = await store.conversation(tenantId, conversationId);
    // Nothing can go out by an account that was removed.
    if (!conversation?.connected) throw new Problem('not-found');
    // It is kept and nothing else (Art. 18(2)); what is queued would fail, and nobody be told.
    if (conversation.restricted) throw new Problem('restricted');
    const key = openSubjectKey(owner.keys, conversation.subject_id, conversation.wrapped_key);
    const whose = { tenantId, subjectId: conversation.subject_id, key };
    const { version, clause } = mandate.instruction;
    const tokens = openTokens(whose, conversationId, conversation.tokens);
    // Instructed to be stored as tokens, it is put together when it is sent.
    const isStored = owner.instructions.freeText.beforeStore === 'tokenise';
    const dependences = await dependencesOf(owner.instructions, to.recipient, { to: conversation, messages });
    const ids: string[] = [];
    for (const [n, content] of messages.entries()) {
      const id = newMessageId();
      const body = sealOutbound(mandate, whose, { id, content: isStored ? content : restoreAnswer(content, tokens) });
      const row = { id, type: content.type, body, replyTo: null, version, clause, ...dependences[n]! };
      if (!(await store.queueOutbound(tenantId, conversationId, row))) throw new Problem('not-found');
      ids.push(id);
    }
    wake([{ tenantId, conversationId }]);
    return ids;
  };
}
