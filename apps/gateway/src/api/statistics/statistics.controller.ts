// Statistics: counts of groups per hour or day, anonymous. Everything else that this API answers about people is pseudonymous at most.
import { Get, Inject, Query } from '@nestjs/common';
import type { BinRow, TenantRow } from '#libs/store';
import { Of } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { Operation, Resource } from '../operation.js';
import { badCursor, pageOf, PageQuery, type Page } from '../paging.js';
import { SlugParam } from '../slug.js';
import { StatisticDto } from './statistics.dto.js';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:00:00\.000Z$/;

function cursorOf({ after }: PageQuery): Date | null {
  if (after === undefined) return null;
  if (!INSTANT.test(after) || Number.isNaN(Date.parse(after))) throw badCursor();
  return new Date(after);
}

const valuesOf = (key: string, dimensions: readonly string[]): Record<string, string | null> => {
  const values = JSON.parse(key) as (string | null)[];
  return Object.fromEntries(dimensions.map((one, n) => [one, values[n] ?? null]));
};

const dto = (row: BinRow): StatisticDto => ({
  from: row.starts.toISOString(),
  to: row.ends.toISOString(),
  instructionVersion: row.instruction_version,
  minimumGroup: row.minimum_group,
  dimensions: row.dimensions,
  persons: row.persons,
  messages: row.messages,
  cells: row.cells.map(({ key, messages }) => ({ of: valuesOf(key, row.dimensions), messages })),
});

@Resource('v1/tenants/:slug/statistics', { tag: 'Statistics', access: 'tenant' })
@SlugParam()
export class StatisticsController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Get()
  @Operation({
    summary: 'Anonymous counts per hour or day',
    description:
      'As the section `statistics` of the instructions says; counted once the time is over, and never again. Ids that other calls answer are pseudonyms: personal data.',
    lists: StatisticDto,
    refuses: ['invalid-input'],
  })
  async list(@Of() tenant: TenantRow, @Query() query: PageQuery): Promise<Page<StatisticDto>> {
    const rows = await this.deps.store.statisticBins(tenant.id, cursorOf(query), query.limit);
    return pageOf(rows, query.limit, { item: dto, cursor: (row) => row.starts.toISOString() });
  }
}
