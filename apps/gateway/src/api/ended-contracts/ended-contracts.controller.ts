// What stays of contracts that ended: the certificate and the last checkpoint, for as long as the operator may have to prove it.
import { Get, Inject, Query } from '@nestjs/common';
import { API, type ApiDeps } from '../deps.js';
import { Operation, Resource } from '../operation.js';
import { pageOf, PageQuery, uuidCursor, type Page } from '../paging.js';
import { EndedContractDto } from './ended-contracts.dto.js';

@Resource('v1/ended-contracts', { tag: 'Tenants', access: 'operator' })
export class EndedContractsController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Get()
  @Operation({ summary: 'Contracts that ended', lists: EndedContractDto, refuses: ['invalid-input', 'forbidden'] })
  async list(@Query() query: PageQuery): Promise<Page<EndedContractDto>> {
    const rows = await this.deps.store.endedContracts(uuidCursor(query), query.limit);
    const item = ({ slug, ended_at, certificate, checkpoint, key }: (typeof rows)[number]): EndedContractDto => ({
      tenant: slug,
      endedAt: ended_at.toISOString(),
      certificate,
      checkpoint,
      key,
    });
    return pageOf(rows, query.limit, { item, cursor: (row) => row.id });
  }
}
