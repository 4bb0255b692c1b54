// The identifier map of a tenant: what its channels expose about people, and what is done with it.
import { Get, Inject, Query } from '@nestjs/common';
import type { TenantRow } from '#libs/store';
import { Of } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { Operation, Resource } from '../operation.js';
import { pageOfAll, PageQuery, type Page } from '../paging.js';
import { SlugParam } from '../slug.js';
import { IdentifierDto } from './identifiers.dto.js';
import { identifierMap } from './map.js';

@Resource('v1/tenants/:slug/identifiers', { tag: 'Identifiers', access: 'tenant' })
@SlugParam()
export class IdentifiersController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Get()
  @Operation({
    summary: 'The identifier map',
    description:
      'Per channel and kind of identifier what it is, what the instructions say of it and how often it was seen.',
    lists: IdentifierDto,
    refuses: ['invalid-input'],
  })
  async list(@Of() tenant: TenantRow, @Query() query: PageQuery): Promise<Page<IdentifierDto>> {
    const [connections, observed, owner] = await Promise.all([
      this.deps.store.connections(tenant.id),
      this.deps.store.observations(tenant.id),
      this.deps.tenants.tenant(tenant.id),
    ]);
    const all = identifierMap({
      connected: new Set(connections.map((connection) => connection.channel)),
      facts: this.deps.facts,
      instructions: owner?.instructions ?? null,
      observed,
    });
    return pageOfAll(all, query, { item: (row) => row, cursor: (row) => `${row.channel}/${row.kind}` });
  }
}
