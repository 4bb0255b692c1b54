// What stays of contracts that ended: the certificate and the last checkpoint, for as long as the operator may have to prove it.
import { Get, Inject, Query } from '@nestjs/common';
import { API, type ApiDeps } from '../deps.js';
import { Operation, Resource } from '../operation.js';
import { pageOf, PageQuery, uuidCursor, type Page } from '../paging.js';
import { exportUrl } from '../../exports.js';
import { EndedContractDto, WaitingExportDto } from './ended-contracts.dto.js';

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

  @Get('exports')
  @Operation({
    summary: 'What was returned and waits to be fetched',
    description:
      'Also where the answer to `DELETE` was lost, or a crash came before it. An hour after it was fetched whole, and after thirty days, it is gone.',
    lists: WaitingExportDto,
    refuses: ['invalid-input', 'forbidden'],
  })
  async exports(@Query() query: PageQuery): Promise<Page<WaitingExportDto>> {
    const after = uuidCursor(query);
    const waiting = (await this.deps.exportFiles.waiting()).filter(({ id }) => after === null || id > after);
    const item = (kept: (typeof waiting)[number]): WaitingExportDto => ({
      tenant: kept.slug,
      exportUrl: exportUrl(this.deps.publicUrl)(kept),
      sha256: kept.sha256,
      bytes: kept.bytes,
      until: kept.until.toISOString(),
    });
    return pageOf(waiting.slice(0, query.limit), query.limit, { item, cursor: ({ id }) => id });
  }
}
