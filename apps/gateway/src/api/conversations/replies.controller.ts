// A recipient that answers later: it knows the conversation by its own pseudonym, and can write into no other.
import { Body, Inject, Param, Post } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { isUuid, Problem } from '#libs/kernel';
import { readReplies } from '#libs/recipients';
import { uuidOf } from '#libs/vault';
import { By, type Caller } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { Operation, Resource } from '../operation.js';
import { QueuedDto, RepliesDto } from './replies.dto.js';

const PSEUDONYM = /^[A-Za-z0-9_-]{22}$/;

@Resource('v1/conversations/:id/messages', { tag: 'Conversations', access: 'conversation' })
export class RepliesController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Post()
  @ApiParam({ name: 'id', description: "The conversation as the recipient knows it; with a tenant's key, its id." })
  @Operation({
    summary: 'Write into a conversation',
    description: "With a recipient's own key (scope `recipient:<id>`), or with the tenant's.",
    status: 202,
    answers: QueuedDto,
    refuses: ['invalid-input', 'forbidden', 'not-instructed', 'restricted'],
  })
  async post(@By() caller: Caller, @Param('id') id: string, @Body() body: RepliesDto): Promise<QueuedDto> {
    if (caller.kind === 'operator') throw new Problem('forbidden', "This call takes a recipient's or a tenant's key.");
    const { tenantId } = caller;
    const { queueReply } = this.deps;
    if (!queueReply) throw new Problem('not-found');
    const conversationId = await this.conversationOf(caller, id);
    if (!conversationId || !(await this.deps.store.conversation(tenantId, conversationId))?.connected)
      throw new Problem('not-found');
    const read = readReplies(body);
    if ('refused' in read)
      throw new Problem('invalid-input', undefined, { errors: [{ path: '/messages', detail: read.refused }] });
    const recipient = caller.kind === 'recipient' ? caller.recipient : null;
    return { ids: await queueReply(tenantId, { conversationId, recipient }, read.messages) };
  }

  private async conversationOf(caller: Exclude<Caller, { kind: 'operator' }>, id: string): Promise<string | null> {
    if (caller.kind === 'tenant') return isUuid(id) ? id : null;
    const owner = await this.deps.tenants.tenant(caller.tenantId);
    if (!owner?.instructions?.recipients.some((one) => one.id === caller.recipient))
      throw new Problem('not-instructed', 'The instructions in force do not name this recipient.');
    return PSEUDONYM.test(id) ? uuidOf(owner.keys, caller.recipient, id) : null;
  }
}
