// The record of processing (Art. 30(2) GDPR) of one tenant, made from what is in force: JSON, or a page to print.
import { Get, Headers, Inject, Res } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { InstructionsDocument } from '#libs/instructions';
import { recordOfProcessing, recordPage, RECORD_HEADERS, type ProcessingRecord } from '#libs/ledger';
import type { TenantRow } from '#libs/store';
import { Of } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { Operation, Resource } from '../operation.js';
import { SlugParam } from '../slug.js';
import { RecordDto } from './record.dto.js';

/** Is a page asked for before JSON? Browsers name it first. */
const wantsPage = (accept: string): boolean => /^[^,]*\btext\/html\b/i.test(accept.trim());

@Resource('v1/tenants/:slug/record-of-processing', { tag: 'Ledger', access: 'tenant' })
@SlugParam()
export class RecordController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Get()
  @ApiProduces('application/json', 'text/html')
  @Operation({
    summary: 'The record of processing',
    description: 'Art. 30(2) GDPR, from the instructions in force, the connections and what the channels state.',
    answers: RecordDto,
  })
  async record(
    @Of() tenant: TenantRow,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProcessingRecord | string> {
    const record = await this.recordOf(tenant);
    void reply.header('vary', 'accept');
    if (!wantsPage(accept ?? '')) return record;
    void reply.headers(RECORD_HEADERS);
    return recordPage(record);
  }

  private async recordOf({ id, slug, name }: TenantRow): Promise<ProcessingRecord> {
    const { store, channels, processor, publicUrl } = this.deps;
    const [inForce, connections] = await Promise.all([store.instructionsInForce(id), store.connections(id)]);
    return recordOfProcessing({
      generatedAt: new Date(),
      processor,
      gatewayUrl: publicUrl,
      tenant: { slug, name },
      inForce: inForce && {
        version: inForce.version,
        hash: inForce.hash,
        since: inForce.approved_at,
        document: inForce.document as InstructionsDocument,
      },
      connections,
      manifests: channels.map(({ manifest }) => manifest),
    });
  }
}
