// Retention: what goes when, as the approved versions of the instructions come to.
import { Get, Inject, Query } from '@nestjs/common';
import type { TenantRow } from '#libs/store';
import { Of } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { Operation, Resource } from '../operation.js';
import { pageOfAll, PageQuery, type Page } from '../paging.js';
import { SlugParam } from '../slug.js';
import { RetentionDto } from './retention.dto.js';

@Resource('v1/tenants/:slug/retention', { tag: 'Retention', access: 'tenant' })
@SlugParam()
export class RetentionController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Get()
  @Operation({ summary: 'What goes when', lists: RetentionDto, refuses: ['invalid-input'] })
  async list(@Of() tenant: TenantRow, @Query() query: PageQuery): Promise<Page<RetentionDto>> {
    const rules = await this.deps.rights.retention(tenant.id);
    return pageOfAll([...rules.entries()], query, {
      item: ([, { upTo, purposes = [], kind, oldest, due, category, start, period, held, restricted }]) => ({
        category,
        identifier: kind ? `${kind.channel}/${kind.key}` : null,
        start,
        period,
        purposes,
        upToVersion: upTo,
        oldest: oldest?.toISOString() ?? null,
        due: due?.toISOString() ?? null,
        held,
        restricted,
      }),
      cursor: ([n]) => String(n),
    });
  }
}
