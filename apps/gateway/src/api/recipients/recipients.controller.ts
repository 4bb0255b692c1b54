// Recipients: who receives data under the instructions in force, with which secret, and who received what of whom.
import { Body, Get, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { Problem } from '#libs/kernel';
import { RECIPIENT_KINDS } from '#libs/recipients';
import type { TenantRow } from '#libs/store';
import { Of } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { Operation, Resource } from '../operation.js';
import { pageOfAll, PageQuery, type Page } from '../paging.js';
import { SlugParam } from '../slug.js';
import { EnteredSecretDto, RecipientDto, SecretDto } from './recipients.dto.js';

/** At least 24 bytes, as Standard Webhooks asks. */
const SIGNING_SECRET = /^whsec_[A-Za-z0-9+/]{32,200}={0,2}$/;

@Resource('v1/tenants/:slug/recipients', { tag: 'Recipients', access: 'tenant' })
@SlugParam()
export class RecipientsController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Get()
  @Operation({
    summary: 'The recipients of the instructions in force',
    lists: RecipientDto,
    refuses: ['invalid-input'],
  })
  async list(@Of() tenant: TenantRow, @Query() query: PageQuery): Promise<Page<RecipientDto>> {
    const owner = await this.deps.tenants.tenant(tenant.id);
    const all = owner?.instructions?.recipients ?? [];
    const item = ({ id, kind, url, purposes, data, identifiers, clause }: (typeof all)[number]): RecipientDto => ({
      id,
      kind,
      url,
      purposes,
      data,
      identifiers,
      clause,
    });
    return pageOfAll(all, query, { item, cursor: (row) => row.id });
  }

  @Put(':id/secret')
  @Operation({
    summary: "Enter a recipient's key",
    description:
      'For kinds that ask for one, such as `openai`: it is sent as a bearer token to that recipient alone, and cannot be read again. Signing secrets (`whsec_…`) may be brought along, too.',
    status: 204,
    refuses: ['invalid-input'],
  })
  async enter(@Of() tenant: TenantRow, @Param('id') id: string, @Body() body: EnteredSecretDto): Promise<void> {
    const { recipient, keys } = await this.recipientOf(tenant, id);
    const kind = RECIPIENT_KINDS.find((one) => one.kind === recipient.kind);
    const signs = kind?.transport === 'http' && kind.credential === 'signature';
    if (signs !== SIGNING_SECRET.test(body.secret))
      throw new Problem('invalid-input', undefined, {
        errors: [
          {
            path: '/secret',
            detail: signs ? 'Must be a signing secret, `whsec_…`.' : 'Must be a key, not a signing secret.',
          },
        ],
      });
    await this.deps.store.setRecipientSecret(tenant.id, { recipient: id, secret: body.secret }, keys);
    await this.deps.tenants.changed(tenant.id);
  }

  @Post(':id/secret')
  @Operation({
    summary: "Replace a recipient's signing secret",
    description: 'From now on its requests are signed with the new one.',
    answers: SecretDto,
  })
  async rotate(@Of() tenant: TenantRow, @Param('id') id: string): Promise<SecretDto> {
    const { keys } = await this.recipientOf(tenant, id);
    const secret = await this.deps.store.rotateRecipientSecret(tenant.id, id, keys);
    await this.deps.tenants.changed(tenant.id);
    return { secret };
  }

  private async recipientOf({ id: tenantId }: TenantRow, id: string) {
    const owner = await this.deps.tenants.tenant(tenantId);
    const recipient = owner?.instructions?.recipients.find((one) => one.id === id);
    if (!owner || !recipient) throw new Problem('not-found');
    return { recipient, keys: owner.keys };
  }
}
