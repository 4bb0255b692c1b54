// Conversations: read for a stated purpose only, and each read is itself on the ledger.
import { Get, Inject, Param, Query } from '@nestjs/common';
import { consultMandate } from '#libs/instructions';
import { Problem, type Mandate, type OutboundContent } from '#libs/kernel';
import { openBody, type InboundBody, type Tenant } from '#libs/pipeline';
import type { ConversationListed, MessageRecord, TenantRow } from '#libs/store';
import { openSubjectKey } from '#libs/vault';
import { Of } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { IdPipe } from '../input.js';
import { Operation, Resource } from '../operation.js';
import { pageOf, uuidCursor, type Page } from '../paging.js';
import { SlugParam } from '../slug.js';
import { ConversationDto, MessageDto, PurposeQuery } from './conversations.dto.js';
import { readable, type Readable } from './readable.js';

type Sealed = MessageRecord & { readonly subject_id: string; readonly wrapped_key: Buffer };

const conversationDto = (row: ConversationListed): ConversationDto => ({
  id: row.id,
  connection: row.connection_id,
  channel: row.channel,
  subject: row.subject_id,
  createdAt: row.created_at.toISOString(),
  lastInboundAt: row.last_inbound_at?.toISOString() ?? null,
  restricted: row.restricted,
  notice:
    row.notice_hash === null ? null : { textHash: row.notice_hash, message: row.notice_id, state: row.notice_state },
  due: row.restricted
    ? { content: null, conversation: null }
    : { content: row.content_due_at?.toISOString() ?? null, conversation: row.due_at?.toISOString() ?? null },
});

const messageDto = (row: MessageRecord, read: Readable): MessageDto => ({
  id: row.id,
  direction: row.direction,
  type: row.type,
  ...read,
  replyTo: row.reply_to,
  state: row.state,
  code: row.code,
  instructions: { version: row.instruction_version, clause: row.clause },
  at: row.at.toISOString(),
});

@Resource('v1/tenants/:slug/conversations', { tag: 'Conversations', access: 'tenant' })
@SlugParam()
export class ConversationsController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Get()
  @Operation({
    summary: 'List the conversations',
    lists: ConversationDto,
    refuses: ['invalid-input', 'purpose-required', 'not-instructed'],
  })
  async list(@Of() tenant: TenantRow, @Query() query: PurposeQuery): Promise<Page<ConversationDto>> {
    const { mandate } = await this.granted(tenant.id, query.purpose);
    const rows = await this.deps.store.conversations(mandate, uuidCursor(query), query.limit);
    return pageOf(rows, query.limit, { item: conversationDto, cursor: (row) => row.id });
  }

  @Get(':id/messages')
  @Operation({
    summary: "A conversation's messages, oldest first",
    lists: MessageDto,
    refuses: ['invalid-input', 'purpose-required', 'not-instructed', 'restricted'],
  })
  async messages(
    @Of() tenant: TenantRow,
    @Param('id', IdPipe) id: string,
    @Query() query: PurposeQuery,
  ): Promise<Page<MessageDto>> {
    const { mandate, owner } = await this.granted(tenant.id, query.purpose);
    const conversation = await this.deps.store.conversation(tenant.id, id);
    if (!conversation) throw new Problem('not-found');
    if (conversation.restricted) throw new Problem('restricted');
    const page = { after: uuidCursor(query), limit: query.limit };
    const rows = await this.deps.store.messages(mandate, id, page);
    const kinds = this.deps.facts.channels[conversation.channel] ?? [];
    // One conversation has one person, and so one key.
    const first = rows[0];
    const key = first ? openSubjectKey(owner.keys, first.subject_id, first.wrapped_key) : null;
    const read = (row: Sealed): Readable => {
      if (!key || !row.body) return { content: null };
      const whose = { tenantId: tenant.id, subjectId: row.subject_id, key };
      return readable(mandate, openBody<InboundBody | OutboundContent>(whose, row.id, row.body), kinds);
    };
    return pageOf(rows, query.limit, { item: (row) => messageDto(row, read(row)), cursor: (row) => row.id });
  }

  /** The permission to read for the stated purpose: from the instructions in force, or not at all. */
  private async granted(tenantId: string, purpose: string | undefined): Promise<{ mandate: Mandate; owner: Tenant }> {
    if (!purpose) throw new Problem('purpose-required');
    const owner = await this.deps.tenants.tenant(tenantId);
    const mandate = owner?.instructions ? consultMandate(owner.instructions, purpose) : null;
    if (!owner || !mandate) throw new Problem('not-instructed', 'The instructions in force have no such purpose.');
    return { mandate, owner };
  }
}
