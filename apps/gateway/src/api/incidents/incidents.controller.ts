// Incidents as the operator handles them: opened, counted, drafted, told, closed.
import { Body, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { Problem } from '#libs/kernel';
import { PHASES, type Phase } from '#libs/rights';
import type { TenantRow } from '#libs/store';
import { SLUG } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { IdPipe } from '../input.js';
import { Operation, Resource } from '../operation.js';
import { pageOf, PageQuery, uuidCursor, type Page } from '../paging.js';
import { incidentDto } from './dto-of.js';
import { DraftDto, IncidentDetailDto, IncidentDto, NewIncidentDto, TellDto, ToldDto } from './incidents.dto.js';

const FAR = 366 * 86_400_000;
/** Another clock may be a little ahead. */
const AHEAD_MS = 5 * 60_000;

@Resource('v1/incidents', { tag: 'Incidents', access: 'operator' })
export class IncidentsController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Post()
  @Operation({
    summary: 'Open an incident',
    description:
      'The lists of the persons concerned are made in the background, once the time is over; `countedAt` says when they are.',
    status: 201,
    answers: IncidentDetailDto,
    refuses: ['invalid-input', 'forbidden'],
  })
  async open(@Body() { from, to, ...suspected }: NewIncidentDto): Promise<IncidentDetailDto> {
    const window = { from: new Date(from), to: new Date(to) };
    if (window.to <= window.from || window.to.getTime() - window.from.getTime() > FAR)
      throw new Problem('invalid-input', undefined, {
        errors: [{ path: '/to', detail: 'Must be after `from`, by a year at most.' }],
      });
    if (window.to.getTime() > Date.now() + AHEAD_MS)
      throw new Problem('invalid-input', undefined, {
        errors: [{ path: '/to', detail: 'Must not be later than now: what has not happened is on no list.' }],
      });
    return this.one(await this.deps.rights.incidents.open({ ...window, ...suspected }));
  }

  @Get()
  @Operation({ summary: 'List the incidents', lists: IncidentDto, refuses: ['invalid-input', 'forbidden'] })
  async list(@Query() query: PageQuery): Promise<Page<IncidentDto>> {
    const rows = await this.deps.rights.incidents.list(uuidCursor(query), query.limit);
    return pageOf(rows, query.limit, { item: incidentDto, cursor: (row) => row.id });
  }

  @Get(':id')
  @Operation({
    summary: 'One incident, with what it came to per tenant',
    answers: IncidentDetailDto,
    refuses: ['forbidden'],
  })
  async one(@Param('id', IdPipe) id: string): Promise<IncidentDetailDto> {
    const { incidents } = this.deps.rights;
    const rows = await incidents.across(id);
    const [first] = rows;
    const counted = rows.every((row) => row.counted_at !== null);
    const closed = rows.every((row) => row.closed_at !== null);
    const tenants = await Promise.all(
      rows
        .filter((row) => row.persons > 0 || !counted)
        .map(async (row) => {
          const { persons, events, categories, keys } = await incidents.one(row.tenant_id, id);
          return { tenant: row.slug, persons, events, categories, keys };
        }),
    );
    const sum = (of: (row: (typeof rows)[number]) => number): number => rows.reduce((n, row) => n + of(row), 0);
    return {
      ...incidentDto({
        ...first!,
        counted_at: counted ? first!.counted_at : null,
        closed_at: closed ? first!.closed_at : null,
        persons: sum((row) => row.persons),
        events: sum((row) => row.events),
      }),
      tenants,
    };
  }

  @Get(':id/drafts/:slug')
  @Operation({
    summary: 'What a tenant would be told: as data, as a text, and letters to the persons',
    description: `\`?phase=\` ${PHASES.join(', ')}; the first unless given.`,
    answers: DraftDto,
    refuses: ['invalid-input', 'forbidden'],
  })
  async draft(
    @Param('id', IdPipe) id: string,
    @Param('slug') slug: string,
    @Query('phase') phase: string | undefined,
  ): Promise<DraftDto> {
    if (phase !== undefined && !(PHASES as readonly string[]).includes(phase)) throw new Problem('invalid-input');
    const tenant = await this.tenant(slug);
    const draft = await this.deps.rights.incidents.draft(tenant.id, id, {
      phase: (phase as Phase | undefined) ?? 'first',
    });
    return { tenant: slug, ...draft };
  }

  @Post(':id/notices')
  @Operation({
    summary: 'Tell the tenants that are concerned',
    description: 'The first notice is given once. Every notice is in the register and in the ledger of the tenant.',
    status: 201,
    answers: ToldDto,
    refuses: ['invalid-input', 'conflict', 'forbidden'],
  })
  async tell(@Param('id', IdPipe) id: string, @Body() known: TellDto): Promise<ToldDto> {
    const told = await this.deps.rights.incidents.tell(id, known);
    return { told: told.map(({ slug }) => slug) };
  }

  @Post(':id/close')
  @Operation({ summary: 'End an incident: no notice follows', answers: IncidentDetailDto, refuses: ['forbidden'] })
  async close(@Param('id', IdPipe) id: string): Promise<IncidentDetailDto> {
    await this.deps.rights.incidents.close(id);
    return this.one(id);
  }

  private async tenant(slug: string): Promise<TenantRow> {
    const tenant = SLUG.test(slug) ? await this.deps.store.tenantBySlug(slug) : null;
    if (!tenant) throw new Problem('not-found');
    return tenant;
  }
}
