// The evidence pack: one archive by which a controller, an auditor or an authority can check what was done.
import { Get, Header, Inject, StreamableFile } from '@nestjs/common';
import type { TenantRow } from '#libs/store';
import { Of } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { Operation, Resource } from '../operation.js';
import { SlugParam } from '../slug.js';

const ZIP = 'application/zip';

@Resource('v1/tenants/:slug/evidence', { tag: 'Ledger', access: 'tenant' })
@SlugParam()
export class EvidenceController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Operation({
    summary: 'The evidence pack',
    description:
      'Instructions with their approvals, records, annexes, the ledger with proofs, requests with their certificates, the test of deletion, and the verifier. Nothing of a person is in it. Art. 28(3)(h) GDPR.',
    sends: ZIP,
    refuses: ['gone'],
  })
  async evidence(@Of() tenant: TenantRow): Promise<StreamableFile> {
    const disposition = `attachment; filename="evidence-${tenant.slug}.zip"`;
    return new StreamableFile(await this.deps.evidence(tenant), { type: ZIP, disposition });
  }
}
