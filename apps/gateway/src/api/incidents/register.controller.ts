// The register of incidents of one tenant (Art. 33(5)): what was suspected, what was told, and whom it concerns.
import { Get, Inject, Param, Query } from '@nestjs/common';
import { Problem } from '#libs/kernel';
import type { IncidentRow, TenantRow } from '#libs/store';
import { Of } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { IdPipe } from '../input.js';
import { Operation, Resource } from '../operation.js';
import { pageOf, PageQuery, uuidCursor, type Page } from '../paging.js';
import { SlugParam } from '../slug.js';
import { incidentDto } from './dto-of.js';
import { IncidentPersonDto, RegisteredIncidentDto } from './incidents.dto.js';

@Resource('v1/tenants/:slug/incidents', { tag: 'Incidents', access: 'tenant' })
@SlugParam()
export class IncidentRegisterController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Get()
  @Operation({
    summary: 'The register of incidents, with every notice',
    lists: RegisteredIncidentDto,
    refuses: ['invalid-input'],
  })
  async list(@Of() tenant: TenantRow, @Query() query: PageQuery): Promise<Page<RegisteredIncidentDto>> {
    const rows = await this.deps.rights.incidents.register(tenant.id, uuidCursor(query), query.limit);
    const items = await Promise.all(rows.map((row) => this.dto(row)));
    return { items, next: pageOf(rows, query.limit, { item: (row) => row, cursor: (row) => row.id }).next };
  }

  @Get(':id')
  @Operation({ summary: 'One incident of the register', answers: RegisteredIncidentDto })
  async one(@Of() tenant: TenantRow, @Param('id', IdPipe) id: string): Promise<RegisteredIncidentDto> {
    return this.dto(await this.deps.rights.incidents.one(tenant.id, id));
  }

  @Get(':id/persons')
  @Operation({
    summary: 'Whom it concerns',
    description: 'Pseudonyms; each reading is a ledger entry.',
    lists: IncidentPersonDto,
    refuses: ['invalid-input', 'conflict'],
  })
  async persons(
    @Of() tenant: TenantRow,
    @Param('id', IdPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<IncidentPersonDto>> {
    const { incidents } = this.deps.rights;
    if (!(await incidents.one(tenant.id, id)).counted_at) throw new Problem('conflict', 'The list is being made.');
    const rows = await incidents.persons(tenant.id, id, { after: uuidCursor(query), limit: query.limit });
    return pageOf(rows, query.limit, {
      item: (row) => ({
        subject: row.subject_id,
        events: row.events,
        categories: row.categories,
        firstAt: row.first_at?.toISOString() ?? null,
        lastAt: row.last_at?.toISOString() ?? null,
      }),
      cursor: (row) => row.subject_id,
    });
  }

  private async dto(row: IncidentRow): Promise<RegisteredIncidentDto> {
    const notices = await this.deps.rights.incidents.notices(row.tenant_id, row.id);
    return {
      ...incidentDto(row),
      categories: row.categories,
      keys: row.keys,
      notices: notices.map(({ id, phase, at, body }) => ({ id, phase, at: at.toISOString(), body })),
    };
  }
}
