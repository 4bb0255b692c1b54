// Dead letters: messages that failed for good, until somebody puts the cause right and replays them.
import { Get, Inject, Param, Post, Query } from '@nestjs/common';
import { Problem } from '#libs/kernel';
import type { TenantRow } from '#libs/store';
import { Of } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { IdPipe } from '../input.js';
import { Operation, Resource } from '../operation.js';
import { pageOf, PageQuery, uuidCursor, type Page } from '../paging.js';
import { SlugParam } from '../slug.js';
import { DeadLetterDto } from './dead-letters.dto.js';

@Resource('v1/tenants/:slug/dead-letters', { tag: 'Dead letters', access: 'tenant' })
@SlugParam()
export class DeadLettersController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Get()
  @Operation({ summary: 'List the dead letters', lists: DeadLetterDto, refuses: ['invalid-input'] })
  async list(@Of() tenant: TenantRow, @Query() query: PageQuery): Promise<Page<DeadLetterDto>> {
    const rows = await this.deps.store.deadLetters(tenant.id, uuidCursor(query), query.limit);
    const item = (row: (typeof rows)[number]): DeadLetterDto => ({
      id: row.id,
      conversation: row.conversation_id,
      message: row.message_id,
      stage: row.stage,
      code: row.code,
      createdAt: row.created_at.toISOString(),
      replayedAt: row.replayed_at?.toISOString() ?? null,
    });
    return pageOf(rows, query.limit, { item, cursor: (row) => row.id });
  }

  @Post(':id/replay')
  @Operation({ summary: 'Put a message back into its conversation', status: 202 })
  async replay(@Of() tenant: TenantRow, @Param('id', IdPipe) id: string): Promise<void> {
    const replayed = await this.deps.store.replayDeadLetter(tenant.id, id);
    if (!replayed) throw new Problem('not-found', 'There is no such dead letter that has not been replayed yet.');
    this.deps.wake([{ tenantId: tenant.id, conversationId: replayed.conversation_id }]);
    this.deps.log.info('dead-letter.replayed', { tenantId: tenant.id, deadLetterId: id });
  }
}
