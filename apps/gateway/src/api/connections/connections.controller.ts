// Connections: an account of the tenant on a channel. Bad credentials make one unhealthy; they do not refuse it.
import { Body, Delete, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { hasPersonCallbacks, type ChannelAdapter } from '#libs/channels';
import { Problem } from '#libs/kernel';
import type { Connection, TenantRow } from '#libs/store';
import { Of } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { IdPipe } from '../input.js';
import { Operation, Resource } from '../operation.js';
import { pageOfAll, PageQuery, type Page } from '../paging.js';
import { SlugParam } from '../slug.js';
import { checkCredentials, keepHealth, logHealth, type Health } from './check.js';
import { ConnectionDto, ConnectionSettingsDto, MadeConnectionDto, NewConnectionDto } from './connections.dto.js';
import { readSettings } from './settings.js';

@Resource('v1/tenants/:slug/connections', { tag: 'Connections', access: 'tenant' })
@SlugParam()
export class ConnectionsController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Post()
  @Operation({
    summary: 'Connect an account',
    description: 'The credentials are tried at once; `health` says whether they work.',
    status: 201,
    answers: MadeConnectionDto,
    refuses: ['invalid-input', 'conflict'],
  })
  async connect(@Of() tenant: TenantRow, @Body() body: NewConnectionDto): Promise<MadeConnectionDto> {
    const adapter = this.adapterOf(body.channel);
    const read = readSettings(adapter, body.settings);
    if ('errors' in read) throw new Problem('invalid-input', undefined, { errors: read.errors });
    const setting = (key: string | null): string | null => (key === null ? null : (read.settings[key] as string));
    const [account, portfolio] = [setting(adapter.accountSetting), setting(adapter.portfolioSetting)];
    await this.refuseTwice(tenant.id, adapter, account);
    const owner = await this.deps.tenants.tenant(tenant.id);
    if (!owner) throw new Problem('not-found');
    const health = await checkCredentials(this.deps.egress, adapter, read);
    const { id, siteKey } = await this.deps.store.createConnection(
      tenant.id,
      { channel: body.channel, name: body.name, account, portfolio, ...read, ...health },
      owner.keys,
    );
    logHealth(this.deps.log, health, { tenantId: tenant.id, connectionId: id });
    await this.deps.tenants.changed(tenant.id);
    const made = this.dto(await this.rowOf(tenant.id, id));
    return adapter.delivery === 'pull' ? { ...made, siteKey } : made;
  }

  @Get()
  @Operation({ summary: 'List the connections', lists: ConnectionDto, refuses: ['invalid-input'] })
  async list(@Of() tenant: TenantRow, @Query() query: PageQuery): Promise<Page<ConnectionDto>> {
    const all = await this.deps.store.connections(tenant.id);
    return pageOfAll(all, query, { item: (row) => this.dto(row), cursor: (row) => row.id });
  }

  @Get(':id')
  @Operation({ summary: 'One connection', answers: ConnectionDto })
  async one(@Of() tenant: TenantRow, @Param('id', IdPipe) id: string): Promise<ConnectionDto> {
    return this.dto(await this.rowOf(tenant.id, id));
  }

  @Post(':id/check')
  @Operation({ summary: 'Try the credentials again', answers: ConnectionDto })
  async check(@Of() tenant: TenantRow, @Param('id', IdPipe) id: string): Promise<ConnectionDto> {
    const connection = await this.deps.tenants.connection(id);
    if (connection?.tenant_id !== tenant.id) throw new Problem('not-found');
    const health = await checkCredentials(this.deps.egress, connection.adapter, connection);
    return this.found(tenant.id, id, health);
  }

  @Post(':id/settings')
  @Operation({
    summary: 'Enter settings anew',
    description:
      'For a token that has expired, say. The account stays the same, and the credentials are tried at once.',
    answers: ConnectionDto,
    refuses: ['invalid-input'],
  })
  async reenter(
    @Of() tenant: TenantRow,
    @Param('id', IdPipe) id: string,
    @Body() body: ConnectionSettingsDto,
  ): Promise<ConnectionDto> {
    const connection = await this.deps.tenants.connection(id);
    if (connection?.tenant_id !== tenant.id) throw new Problem('not-found');
    const { adapter, account } = connection;
    const read = readSettings(adapter, { ...connection.settings, ...connection.secrets, ...body.settings });
    if ('errors' in read) throw new Problem('invalid-input', undefined, { errors: read.errors });
    const setting = (key: string | null): string | null => (key === null ? null : (read.settings[key] as string));
    if (setting(adapter.accountSetting) !== account) {
      const path = `/settings/${String(adapter.accountSetting)}`;
      throw new Problem('invalid-input', undefined, {
        errors: [{ path, detail: 'Is another account: connect that.' }],
      });
    }
    const health = await checkCredentials(this.deps.egress, adapter, read);
    const entered = { ...read, portfolio: setting(adapter.portfolioSetting) };
    await this.deps.store.reenterConnection(tenant.id, { id, ...entered }, connection.tenant.keys);
    return this.found(tenant.id, id, health);
  }

  @Delete(':id')
  @Operation({ summary: 'Remove a connection and its secrets', status: 204 })
  async remove(@Of() tenant: TenantRow, @Param('id', IdPipe) id: string): Promise<void> {
    if (!(await this.deps.store.removeConnection(tenant.id, id))) throw new Problem('not-found');
    await this.deps.tenants.changed(tenant.id);
  }

  private async found(tenantId: string, id: string, health: Health): Promise<ConnectionDto> {
    await keepHealth(this.deps, { tenantId, connectionId: id }, health);
    return this.dto(await this.rowOf(tenantId, id));
  }

  private adapterOf(channel: string): ChannelAdapter {
    const adapter = this.deps.channels.find(({ manifest }) => manifest.channel === channel);
    if (adapter) return adapter;
    const known = this.deps.channels.map(({ manifest }) => manifest.channel).join(', ');
    throw new Problem('invalid-input', undefined, {
      errors: [{ path: '/channel', detail: `Must be one of: ${known}.` }],
    });
  }

  /** The same account twice would take each of its messages twice. */
  private async refuseTwice(tenantId: string, adapter: ChannelAdapter, account: string | null): Promise<void> {
    if (account === null) return;
    const same = await this.deps.store.locateAccounts(adapter.manifest.channel, [account]);
    if (same.some((one) => one.tenant_id === tenantId))
      throw new Problem('conflict', 'This account is connected already.');
  }

  private async rowOf(tenantId: string, id: string): Promise<Connection> {
    const row = (await this.deps.store.connections(tenantId)).find((one) => one.id === id);
    if (!row) throw new Problem('not-found');
    return row;
  }

  private dto(row: Connection): ConnectionDto {
    const adapter = this.deps.channels.find(({ manifest }) => manifest.channel === row.channel);
    const webhookUrl = `${this.deps.publicUrl}/webhooks/${row.channel}/${row.id}`;
    return {
      id: row.id,
      channel: row.channel,
      name: row.name,
      settings: row.settings,
      webhookUrl: adapter?.delivery === 'push' ? webhookUrl : null,
      ...(adapter && hasPersonCallbacks(adapter)
        ? { deletionUrl: `${webhookUrl}/deletion`, deauthorizeUrl: `${webhookUrl}/deauthorize` }
        : {}),
      health: row.health,
      healthReason: row.health_reason,
      stoppedAt: row.stopped_at?.toISOString() ?? null,
      ...pauseOf(row),
      lookUpRefusedAt: row.look_up_refused_at?.toISOString() ?? null,
      lookUpCode: row.look_up_code,
      checkedAt: row.checked_at.toISOString(),
      createdAt: row.created_at.toISOString(),
    };
  }
}

/** A pause that is over is none. */
const pauseOf = ({ paused_until: until, pause_code: code }: Connection) =>
  until && until.getTime() > Date.now()
    ? { pausedUntil: until.toISOString(), pauseCode: code }
    : { pausedUntil: null, pauseCode: null };
