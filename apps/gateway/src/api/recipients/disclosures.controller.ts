// Disclosures: which recipient received which categories of whom. What erasure has to follow.
import { Get, Inject, Query } from '@nestjs/common';
import type { TenantRow } from '#libs/store';
import { Of } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { Operation, Resource } from '../operation.js';
import { badCursor, PageQuery, type Page } from '../paging.js';
import { SlugParam } from '../slug.js';
import { DisclosureDto } from './recipients.dto.js';

@Resource('v1/tenants/:slug/disclosures', { tag: 'Recipients', access: 'tenant' })
@SlugParam()
export class DisclosuresController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Get()
  @Operation({
    summary: 'Who received what of whom',
    description: 'The latest first, up to `limit`.',
    lists: DisclosureDto,
    refuses: ['invalid-input'],
  })
  async list(@Of() tenant: TenantRow, @Query() query: PageQuery): Promise<Page<DisclosureDto>> {
    // The store answers the latest only, so no page names a next one, and no cursor is ours.
    if (query.after !== undefined) throw badCursor();
    const rows = await this.deps.store.disclosures(tenant.id, query.limit);
    const items = rows.map((row) => ({
      subject: row.subject_id,
      recipient: row.recipient,
      purpose: row.purpose,
      categories: row.categories,
      instructionVersion: row.instruction_version,
      count: Number(row.count),
      firstAt: row.first_at.toISOString(),
      lastAt: row.last_at.toISOString(),
    }));
    return { items, next: null };
  }
}
