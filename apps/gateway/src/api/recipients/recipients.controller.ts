// Recipients: who receives data under the instructions in force, with which secret, and which of them the controller objects to.
import { Body, Delete, Get, Inject, Param, Post, Put, Query } from '@nestjs/common';
import type { InstructionsDocument } from '#libs/instructions';
import { Problem } from '#libs/kernel';
import { RECIPIENT_KINDS } from '#libs/recipients';
import type { TenantRow } from '#libs/store';
import { Of } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { Operation, Resource } from '../operation.js';
import { pageOfAll, PageQuery, type Page } from '../paging.js';
import { SlugParam } from '../slug.js';
import { registered } from './register.js';
import { EnteredSecretDto, ObjectionDto, RecipientDto, SecretDto } from './recipients.dto.js';

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
    const all = await this.register(tenant.id);
    return pageOfAll(all, query, { item: (row) => row, cursor: (row) => row.id });
  }

  @Post(':id/objection')
  @Operation({
    summary: 'Object to a recipient',
    description:
      'Art. 28(2) GDPR: from now on it is given nothing, whatever the instructions say, until the objection is withdrawn. Goes on the ledger.',
    answers: RecipientDto,
    refuses: ['invalid-input', 'conflict'],
  })
  async object(@Of() tenant: TenantRow, @Param('id') id: string, @Body() body: ObjectionDto): Promise<RecipientDto> {
    const { named } = await this.recipientOf(tenant, id);
    const { store, tenants } = this.deps;
    const by = { name: body.by, reason: body.reason ?? null };
    if (!(await store.objectToRecipient(tenant.id, named, by)))
      throw new Problem('conflict', 'An objection stands already.');
    await tenants.changed(tenant.id);
    return this.entry(tenant.id, id);
  }

  @Delete(':id/objection')
  @Operation({ summary: 'Withdraw the objection to a recipient', answers: RecipientDto, refuses: ['conflict'] })
  async permit(@Of() tenant: TenantRow, @Param('id') id: string): Promise<RecipientDto> {
    const { named } = await this.recipientOf(tenant, id);
    const { store, tenants } = this.deps;
    if (!(await store.withdrawRecipientObjection(tenant.id, named)))
      throw new Problem('conflict', 'There is no objection to it.');
    await tenants.changed(tenant.id);
    return this.entry(tenant.id, id);
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

  private async entry(tenantId: string, id: string): Promise<RecipientDto> {
    const found = (await this.register(tenantId)).find((one) => one.id === id);
    if (!found) throw new Problem('not-found');
    return found;
  }

  /** The register of the instructions in force, as it stands now. */
  private async register(tenantId: string): Promise<RecipientDto[]> {
    const { store, tenants } = this.deps;
    const [owner, inForce, objections] = await Promise.all([
      tenants.tenant(tenantId),
      store.instructionsInForce(tenantId),
      store.recipientObjections(tenantId),
    ]);
    const document = inForce?.document as InstructionsDocument | undefined;
    const now = Date.now();
    return (owner?.instructions?.recipients ?? []).map((recipient) =>
      registered(recipient, {
        line: document?.recipients[recipient.id],
        objection: objections.find((one) => one.recipient === recipient.id),
        now,
      }),
    );
  }

  private async recipientOf({ id: tenantId }: TenantRow, id: string) {
    const owner = await this.deps.tenants.tenant(tenantId);
    const recipient = owner?.instructions?.recipients.find((one) => one.id === id);
    if (!owner?.instructions || !recipient) throw new Problem('not-found');
    const named = { recipient: id, version: owner.instructions.version, clause: recipient.clause };
    return { recipient, named, keys: owner.keys };
  }
}
