// Tenants: made and listed by the operator; each can see itself.
import { Body, Delete, Get, Inject, Post, Query } from '@nestjs/common';
import { Problem } from '#libs/kernel';
import type { TenantRow } from '#libs/store';
import { Access, By, Of, SLUG, type Caller } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { Operation, Resource } from '../operation.js';
import { badCursor, pageOf, PageQuery, type Page } from '../paging.js';
import { SlugParam } from '../slug.js';
import { EndCertificateDto, MadeTenantDto, NewTenantDto, TenantDetailDto, TenantDto } from './tenants.dto.js';

const tenantDto = (row: TenantRow): TenantDto => ({
  slug: row.slug,
  name: row.name,
  createdAt: row.created_at.toISOString(),
});

@Resource('v1/tenants', { tag: 'Tenants', access: 'operator' })
export class TenantsController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Post()
  @Operation({
    summary: 'Make a tenant',
    status: 201,
    answers: MadeTenantDto,
    refuses: ['invalid-input', 'forbidden', 'conflict'],
  })
  async make(@Body() body: NewTenantDto): Promise<MadeTenantDto> {
    const made = await this.deps.store.createTenant(body.slug, body.name);
    if (!made) throw new Problem('conflict', 'This slug is taken.');
    this.deps.log.info('tenant.created', { tenantId: made.id });
    return { slug: made.slug, apiKey: made.apiKey };
  }

  @Get()
  @Operation({ summary: 'List the tenants', lists: TenantDto, refuses: ['invalid-input', 'forbidden'] })
  async list(@Query() query: PageQuery): Promise<Page<TenantDto>> {
    if (query.after !== undefined && !SLUG.test(query.after)) throw badCursor();
    const rows = await this.deps.store.tenants(query.after ?? '', query.limit);
    return pageOf(rows, query.limit, { item: tenantDto, cursor: (row) => row.slug });
  }

  @Get(':slug')
  @SlugParam()
  @Access('tenant')
  @Operation({ summary: 'One tenant', answers: TenantDetailDto })
  async one(@Of() tenant: TenantRow): Promise<TenantDetailDto> {
    const inForce = await this.deps.store.instructionsInForce(tenant.id);
    return { ...tenantDto(tenant), instructionVersion: inForce?.version ?? null };
  }

  @Delete(':slug')
  @SlugParam()
  @Access('tenant')
  @Operation({
    summary: 'End of contract',
    description:
      'Closes its doors: its keys and webhooks are unknown from then on. Returns what is held if the instructions say so, destroys the keys, deletes every row. What stays is in `GET /v1/ended-contracts`.',
    answers: EndCertificateDto,
    refuses: ['forbidden', 'unavailable'],
  })
  async end(@Of() tenant: TenantRow, @By() caller: Caller): Promise<EndCertificateDto> {
    if (caller.kind !== 'operator') throw new Problem('forbidden', 'This call takes the token of the operator.');
    return this.deps.endContract(tenant);
  }
}
