// API keys: stored hashed, scoped, revocable.
import { Body, Delete, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { Problem } from '#libs/kernel';
import type { TenantRow } from '#libs/store';
import { Of } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { IdPipe } from '../input.js';
import { Operation, Resource } from '../operation.js';
import { pageOfAll, PageQuery, type Page } from '../paging.js';
import { SlugParam } from '../slug.js';
import { ApiKeyDto, MadeApiKeyDto, NewApiKeyDto } from './api-keys.dto.js';

@Resource('v1/tenants/:slug/api-keys', { tag: 'API keys', access: 'tenant' })
@SlugParam()
export class ApiKeysController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Post()
  @Operation({ summary: 'Make an API key', status: 201, answers: MadeApiKeyDto, refuses: ['invalid-input'] })
  async make(@Of() tenant: TenantRow, @Body() body: NewApiKeyDto): Promise<MadeApiKeyDto> {
    const made = await this.deps.store.createApiKey(tenant.id, body.label, body.scope);
    return { ...made, label: body.label, scope: body.scope };
  }

  @Get()
  @Operation({ summary: 'List the API keys', lists: ApiKeyDto, refuses: ['invalid-input'] })
  async list(@Of() tenant: TenantRow, @Query() query: PageQuery): Promise<Page<ApiKeyDto>> {
    const all = await this.deps.store.apiKeys(tenant.id);
    const item = (row: (typeof all)[number]): ApiKeyDto => ({
      id: row.id,
      label: row.label,
      scope: row.scope,
      createdAt: row.created_at.toISOString(),
      revokedAt: row.revoked_at?.toISOString() ?? null,
    });
    return pageOfAll(all, query, { item, cursor: (row) => row.id });
  }

  @Delete(':id')
  @Operation({ summary: 'Revoke an API key, from now on', status: 204 })
  async revoke(@Of() tenant: TenantRow, @Param('id', IdPipe) id: string): Promise<void> {
    if (!(await this.deps.store.revokeApiKey(tenant.id, id))) throw new Problem('not-found');
  }
}
