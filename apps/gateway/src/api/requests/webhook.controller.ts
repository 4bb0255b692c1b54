// The address at which a controller is told of requests: which it is, and the secret that signs what is posted there.
import { Get, Inject, Post } from '@nestjs/common';
import { ApiCallbacks, ApiExtraModels } from '@nestjs/swagger';
import type { InstructionsDocument } from '#libs/instructions';
import { Problem } from '#libs/kernel';
import { RIGHTS_WEBHOOK } from '#libs/rights';
import type { TenantRow } from '#libs/store';
import { Of } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { Operation, Resource } from '../operation.js';
import { SecretDto } from '../recipients/recipients.dto.js';
import { SlugParam } from '../slug.js';
import { RightsRequestNewsDto, RightsWebhookDto } from './webhook.dto.js';

@Resource('v1/tenants/:slug/rights-webhook', { tag: 'Rights', access: 'tenant' })
@SlugParam()
export class RightsWebhookController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Get()
  @Operation({ summary: 'Where you are told of requests', answers: RightsWebhookDto })
  @ApiExtraModels(RightsRequestNewsDto)
  @ApiCallbacks({
    name: 'rightsRequest',
    callbackUrl: '{rights.webhook of the instructions in force}',
    method: 'post',
    requestBody: { type: RightsRequestNewsDto },
    expectedResponse: { status: 200, description: 'Any 2xx takes it; otherwise it comes again.' },
  })
  async one(@Of() tenant: TenantRow): Promise<RightsWebhookDto> {
    const document = (await this.deps.store.instructionsInForce(tenant.id))?.document as InstructionsDocument | undefined; // prettier-ignore
    return { url: document?.rights?.['webhook'] ?? null };
  }

  @Post('secret')
  @Operation({
    summary: 'Make its signing secret, or replace it',
    description: 'As in Standard Webhooks. From now on what is posted there is signed with the new one.',
    answers: SecretDto,
  })
  async rotate(@Of() tenant: TenantRow): Promise<SecretDto> {
    const { store } = this.deps;
    const keys = await store.tenantKeys(tenant.id);
    if (!keys) throw new Problem('not-found');
    return { secret: await store.rotateRecipientSecret(tenant.id, RIGHTS_WEBHOOK, keys) };
  }
}
