// The consent record: every question and every answer, oldest first (Art. 7(1): the controller must be able to show it).
import { Get, Inject, Param, Query } from '@nestjs/common';
import { CONSENT_STATES } from '#libs/instructions';
import { isUuid, Problem } from '#libs/kernel';
import type { SignedReceipt } from '#libs/rights';
import type { ConsentListed, TenantRow } from '#libs/store';
import { Of } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { Operation, Resource } from '../operation.js';
import { pageOf, PageQuery, uuidCursor, type Page } from '../paging.js';
import { SlugParam } from '../slug.js';
import { ConsentDto, EndingDto, ReceiptDto } from './consents.dto.js';

const item = (row: ConsentListed): ConsentDto => ({
  id: row.id,
  subject: row.subject_id,
  purpose: row.purpose,
  state: row.state,
  dpv: CONSENT_STATES[row.state],
  text: row.text_id,
  textVersion: row.text_version,
  textHash: row.text_hash,
  language: row.language,
  channel: row.channel,
  message: row.message_id,
  source: row.source,
  instruction: { version: row.instruction_version, clause: row.clause },
  at: row.at.toISOString(),
});

@Resource('v1/tenants/:slug/consents', { tag: 'Consents', access: 'tenant' })
@SlugParam()
export class ConsentsController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Get()
  @Operation({ summary: 'List what was asked and answered', lists: ConsentDto, refuses: ['invalid-input'] })
  async list(@Of() tenant: TenantRow, @Query() query: PageQuery): Promise<Page<ConsentDto>> {
    const rows = await this.deps.store.consentEvents(tenant.id, uuidCursor(query), query.limit);
    return pageOf(rows, query.limit, { item, cursor: (row) => row.id });
  }

  @Get(':id/application')
  @Operation({
    summary: 'How far a consent that ended has been applied to what is held',
    description:
      'Of the event by which it ended: a withdrawal, a refusal or its end by time. There is none of one that was never given.',
    answers: EndingDto,
  })
  async application(@Of() tenant: TenantRow, @Param('id') id: string): Promise<EndingDto> {
    const row = isUuid(id) ? await this.deps.store.consentEnding(tenant.id, id) : null;
    if (!row) throw new Problem('not-found');
    const { state, purpose, cause, total, examined, changed, files } = row;
    const startedAt = row.started_at?.toISOString() ?? null;
    const finishedAt = row.finished_at?.toISOString() ?? null;
    return { state, purpose, cause, total, examined, changed, files, startedAt, finishedAt };
  }

  @Get(':id/receipt')
  @Operation({
    summary: 'The signed receipt of the consent to which an event belongs',
    description:
      'ISO/IEC TS 27560 in the DPV profile for the GDPR, with all that happened and the state now. `jws` is signed with the key at `jwks`.',
    answers: ReceiptDto,
  })
  async receipt(@Of() tenant: TenantRow, @Param('id') id: string): Promise<SignedReceipt> {
    const found = isUuid(id) ? await this.deps.receipts.ofEvent(tenant.id, id) : null;
    if (!found) throw new Problem('not-found');
    return found;
  }
}
