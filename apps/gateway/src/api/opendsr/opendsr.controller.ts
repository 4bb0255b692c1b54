// What a controller's own system signs its OpenDSR requests with; once it is set, what is not signed so is refused.
import { Body, Delete, Get, Inject, Put } from '@nestjs/common';
import { Problem } from '#libs/kernel';
import { certificateFacts } from '#libs/rights';
import type { TenantRow } from '#libs/store';
import { Of } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { Operation, Resource } from '../operation.js';
import { SlugParam } from '../slug.js';
import { OpenDsrCertificateDto, OpenDsrDto } from './opendsr.dto.js';

@Resource('v1/tenants/:slug/opendsr', { tag: 'Rights', access: 'tenant' })
@SlugParam()
export class OpenDsrController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Get()
  @Operation({ summary: 'Which certificate OpenDSR requests have to be signed with', answers: OpenDsrDto })
  async one(@Of() tenant: TenantRow): Promise<OpenDsrDto> {
    const pem = await this.deps.store.openDsrCertificate(tenant.id);
    const facts = pem === null ? null : certificateFacts(pem);
    return { fingerprint: facts?.fingerprint ?? null, validUntil: facts?.validUntil.toISOString() ?? null };
  }

  @Put()
  @Operation({ summary: 'Set that certificate', answers: OpenDsrDto, refuses: ['invalid-input'] })
  async set(@Of() tenant: TenantRow, @Body() { certificate }: OpenDsrCertificateDto): Promise<OpenDsrDto> {
    if (!certificateFacts(certificate))
      throw new Problem('invalid-input', undefined, {
        errors: [{ path: '/certificate', detail: 'Cannot be read as an X.509 certificate.' }],
      });
    await this.deps.store.setOpenDsrCertificate(tenant.id, certificate);
    return this.one(tenant);
  }

  @Delete()
  @Operation({ summary: 'From now on the API key is enough', status: 204 })
  async remove(@Of() tenant: TenantRow): Promise<void> {
    if (!(await this.deps.store.removeOpenDsrCertificate(tenant.id))) throw new Problem('not-found');
  }
}
