// The consent record: every question and every answer, oldest first (Art. 7(1): the controller must be able to show it).
import { Get, Inject, Query } from '@nestjs/common';
import type { ConsentListed, TenantRow } from '#libs/store';
import { Of } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { Operation, Resource } from '../operation.js';
import { pageOf, PageQuery, uuidCursor, type Page } from '../paging.js';
import { SlugParam } from '../slug.js';
import { ConsentDto } from './consents.dto.js';

const item = (row: ConsentListed): ConsentDto => ({
  id: row.id,
  subject: row.subject_id,
  purpose: row.purpose,
  state: row.state,
  dpv: `Consent${row.state.charAt(0).toUpperCase()}${row.state.slice(1)}`,
  text: row.text_id,
  textVersion: row.text_version,
  textHash: row.text_hash,
  language: row.language,
  channel: row.channel,
  message: row.message_id,
  instruction: { version: row.instruction_version, clause: row.clause },
  at: row.at.toISOString(),
});

@Resource('v1/tenants/:slug/consents', { tag: 'Consents', access: 'tenant' })
@SlugParam()
export class ConsentsController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Get()
  @Operation({ summary: 'List what was asked and answered', lists: ConsentDto, refuses: ['invalid-input'] })
  async list(@Of() tenant: TenantRow, @Query() query: PageQuery): Promise<Page<ConsentDto>> {
    const rows = await this.deps.store.consentEvents(tenant.id, uuidCursor(query), query.limit);
    return pageOf(rows, query.limit, { item, cursor: (row) => row.id });
  }
}
