// The papers of accountability of one tenant, for any date: record of processing, annexes of the contract, sub-processors.
import { Get, Headers, Inject, Query, Res } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Problem } from '#libs/kernel';
import {
  annexesOf,
  annexesPaper,
  momentOf,
  paperCsv,
  paperPage,
  recordOfProcessing,
  recordPaper,
  subProcessorRegister,
  subProcessorsPaper,
  type Paper,
} from '#libs/ledger';
import { PAGE_HEADERS } from '#libs/platform';
import type { TenantRow } from '#libs/store';
import { Of } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { Operation, Resource } from '../operation.js';
import { SlugParam } from '../slug.js';
import { AnnexesDto, PaperQuery, RecordDto, SubProcessorsDto, type Format } from './record.dto.js';

const FORMATS = ['application/json', 'text/html', 'text/csv'] as const;
const CSV_HEADERS = { 'content-type': 'text/csv; charset=utf-8', 'cache-control': 'no-store' };

/** What is named first in the header; browsers name pages first. */
function formatOf({ format }: PaperQuery, accept = ''): Format {
  if (format) return format;
  const [first = ''] = accept.trim().toLowerCase().split(',');
  return first.startsWith('text/html') ? 'html' : first.startsWith('text/csv') ? 'csv' : 'json';
}

interface Asked {
  readonly query: PaperQuery;
  readonly accept: string | undefined;
  readonly reply: FastifyReply;
}

@Resource('v1/tenants/:slug', { tag: 'Ledger', access: 'tenant' })
@SlugParam()
export class RecordController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Get('record-of-processing')
  @ApiProduces(...FORMATS)
  @Operation({
    summary: 'The record of processing',
    description: 'Art. 30(2) GDPR, from the instructions in force, the connections and what the channels state.',
    answers: RecordDto,
    refuses: ['invalid-input'],
  })
  async record(
    @Of() tenant: TenantRow,
    @Query() query: PaperQuery,
    @Headers('accept') accept: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const record = recordOfProcessing(await this.standing(tenant, query));
    this.send(record, () => recordPaper(record), { query, accept, reply });
  }

  @Get('annexes')
  @ApiProduces(...FORMATS)
  @Operation({
    summary: 'Annexes I to IV of the contract',
    description: 'Of the clauses of Commission Decision 2021/915, from the instructions in force.',
    answers: AnnexesDto,
    refuses: ['invalid-input'],
  })
  async annexes(
    @Of() tenant: TenantRow,
    @Query() query: PaperQuery,
    @Headers('accept') accept: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const annexes = annexesOf(await this.standing(tenant, query));
    this.send(annexes, () => annexesPaper(annexes), { query, accept, reply });
  }

  @Get('sub-processors')
  @ApiProduces(...FORMATS)
  @Operation({
    summary: 'The register of sub-processors',
    description: 'Art. 28(2) and (4) GDPR: who, where, what for, on what footing; and the platforms on the way.',
    answers: SubProcessorsDto,
    refuses: ['invalid-input'],
  })
  async subProcessors(
    @Of() tenant: TenantRow,
    @Query() query: PaperQuery,
    @Headers('accept') accept: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const register = subProcessorRegister(await this.standing(tenant, query));
    this.send(register, () => subProcessorsPaper(register), { query, accept, reply });
  }

  private standing(tenant: TenantRow, { at }: PaperQuery) {
    const now = new Date();
    const moment = at === undefined ? now : momentOf(at, now);
    if (!moment)
      throw new Problem('invalid-input', undefined, {
        errors: [{ path: '/at', detail: 'Must be a day or a time with its zone, and not in the future.' }],
      });
    return this.deps.standingOf(tenant, moment);
  }

  private send(data: object, paper: () => Paper, { query, accept, reply }: Asked): void {
    void reply.header('vary', 'accept');
    switch (formatOf(query, accept)) {
      case 'html':
        return void reply.headers(PAGE_HEADERS).send(paperPage(paper()));
      case 'csv':
        return void reply.headers(CSV_HEADERS).send(paperCsv(paper()));
      case 'json':
        return void reply.type('application/json').send(JSON.stringify(data));
    }
  }
}
