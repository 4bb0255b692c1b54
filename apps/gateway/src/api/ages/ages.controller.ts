// Who is of age to consent (Art. 8): what persons declared, and what the controller made sure of, oldest first.
import { Body, Get, Inject, Post, Query } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Problem } from '#libs/kernel';
import type { AgeListed, TenantRow } from '#libs/store';
import { Of } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { Operation, Resource } from '../operation.js';
import { pageOf, PageQuery, uuidCursor, type Page } from '../paging.js';
import { SlugParam } from '../slug.js';
import { AgeDto, NewAgeDto } from './ages.dto.js';

const item = (row: AgeListed): AgeDto => ({
  id: row.id,
  subject: row.subject_id,
  state: row.state,
  threshold: row.age,
  source: row.source,
  textHash: row.text_hash,
  language: row.language,
  channel: row.channel,
  message: row.message_id,
  instruction: { version: row.instruction_version, clause: row.clause },
  at: row.at.toISOString(),
});

@Resource('v1/tenants/:slug/ages', { tag: 'Consents', access: 'tenant' })
@SlugParam()
export class AgesController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Get()
  @Operation({ summary: 'List what is known of ages', lists: AgeDto, refuses: ['invalid-input'] })
  async list(@Of() tenant: TenantRow, @Query() query: PageQuery): Promise<Page<AgeDto>> {
    const rows = await this.deps.store.ageEvents(tenant.id, uuidCursor(query), query.limit);
    return pageOf(rows, query.limit, { item, cursor: (row) => row.id });
  }

  @Post()
  @Operation({
    summary: 'Record what you made sure of',
    description:
      'A guardian who agreed, or an age that a person misstated. It holds until the person says to be younger.',
    status: 204,
    refuses: ['invalid-input', 'not-instructed'],
  })
  async confirm(@Of() tenant: TenantRow, @Body() { subject, state }: NewAgeDto): Promise<void> {
    const instructions = (await this.deps.tenants.tenant(tenant.id))?.instructions;
    if (!instructions || instructions.minors.mode === 'not-directed')
      throw new Problem('not-instructed', 'The instructions in force do not ask for an age.');
    const { minors, version } = instructions;
    const event = { id: uuid(), state, age: 0, source: 'controller', textHash: '', language: '', channel: '', messageId: null, version, clause: minors.clause } as const; // prettier-ignore
    if (!(await this.deps.store.confirmAge(tenant.id, subject, event))) throw new Problem('not-found');
  }
}
