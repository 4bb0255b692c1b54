// Instructions: submitted and reviewed, read, compared. A version never changes; the approved one that began last is in force.
import { Body, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { diff, hashDocument, infringements, located, parseDocument, review, type Change, type Finding, type InstructionsDocument } from '#libs/instructions'; // prettier-ignore
import { Problem, type InputError } from '#libs/kernel';
import type { InstructionVersion, TenantRow } from '#libs/store';
import { Of } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { Operation, Resource } from '../operation.js';
import { pageOfAll, type Page } from '../paging.js';
import { AS_WRITTEN } from '../parsers.js';
import { SlugParam } from '../slug.js';
import {
  ApplicationDto,
  DiffQuery,
  HistoryQuery,
  SubmittedDto,
  VersionDetailDto,
  VersionDto,
} from './instructions.dto.js';
import { around, rulesOf, versionDto, versionOf, VersionPipe } from './versions.js';

function unreadable(errors: readonly InputError[]): Problem {
  const [{ detail, line, column } = { detail: 'unknown form' }] = errors as readonly Partial<InputError>[];
  const place = line === undefined ? '' : `line ${line}, column ${column}: `;
  return new Problem('invalid-input', `The document cannot be read: ${place}${detail}`, { errors });
}

@Resource('v1/tenants/:slug/instructions', { tag: 'Instructions', access: 'tenant' })
@SlugParam()
export class InstructionsController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Post()
  @RouteConfig(AS_WRITTEN)
  @ApiConsumes('application/json', 'application/yaml')
  @ApiBody({ description: 'The document.', schema: { type: 'object', additionalProperties: true } })
  @Operation({
    summary: 'Submit a document',
    description:
      'It becomes the next version and is reviewed. Any finding of severity `error` keeps it from being approved. What may infringe the law is a notice to the controller (Art. 28(3) GDPR) and goes on the ledger. Findings, and errors of a document that cannot be read, name their place by JSON pointer, line and column.',
    status: 201,
    answers: SubmittedDto,
    refuses: ['invalid-input', 'too-large', 'unsupported-media-type'],
  })
  async submit(@Of() tenant: TenantRow, @Body() source: unknown): Promise<SubmittedDto> {
    const parsed = parseDocument(source);
    if (!parsed.ok) throw unreadable(parsed.errors);
    const { document, places } = parsed;
    const hash = hashDocument(document);
    const inForce = (await this.deps.store.instructionsInForce(tenant.id))?.document;
    const findings = located(review(document, { ...this.deps.facts, inForce }, new Date()), places);
    const version = await this.deps.store.submitInstructions(tenant.id, {
      hash,
      document,
      findings,
      notice: infringements(findings),
    });
    this.deps.log.info('instructions.submitted', { tenantId: tenant.id, version, count: findings.length });
    return { version, hash, findings };
  }

  @Get()
  @Operation({
    summary: 'The history of versions, newest first',
    description: 'With `at` only the version that is, was or will be in force at that time, or none.',
    lists: VersionDto,
    refuses: ['invalid-input'],
  })
  async list(@Of() tenant: TenantRow, @Query() query: HistoryQuery): Promise<Page<VersionDto>> {
    const { store } = this.deps;
    const known = await around(store, tenant.id, null);
    if (query.at !== undefined) {
      const then = (await store.instructionsAt(tenant.id, new Date(query.at))).version;
      return { items: then ? [versionDto(then, known)] : [], next: null };
    }
    const all = await store.instructionVersions(tenant.id);
    const item = (row: InstructionVersion): VersionDto => versionDto(row, known);
    return pageOfAll(all, query, { item, cursor: (row) => String(row.version) });
  }

  @Get(':version')
  @Operation({
    summary: 'One version with its document',
    description: 'With `diff` also what changes, in words, when it follows that other version.',
    answers: VersionDetailDto,
    refuses: ['invalid-input', 'conflict'],
  })
  async one(
    @Of() tenant: TenantRow,
    @Param('version', VersionPipe) version: number,
    @Query() query: DiffQuery,
  ): Promise<VersionDetailDto> {
    const row = await versionOf(this.deps.store, tenant.id, version);
    return {
      ...versionDto(row, await around(this.deps.store, tenant.id, version)),
      document: row.document,
      findings: row.findings as readonly Finding[],
      ...(query.diff === undefined ? {} : { diff: await this.changes(tenant.id, row, query.diff) }),
    };
  }

  @Get(':version/application')
  @Operation({
    summary: 'How far a stricter version has been applied to what is held',
    description: 'There is none before the version is approved.',
    answers: ApplicationDto,
  })
  async application(@Of() tenant: TenantRow, @Param('version', VersionPipe) version: number): Promise<ApplicationDto> {
    const row = await this.deps.store.application(tenant.id, version);
    if (!row) throw new Problem('not-found');
    const { state, stricter, total, examined, changed } = row;
    const startedAt = row.started_at?.toISOString() ?? null;
    const finishedAt = row.finished_at?.toISOString() ?? null;
    return { state, stricter, total, examined, changed, startedAt, finishedAt };
  }

  private async changes(tenantId: string, after: InstructionVersion, other: number): Promise<Change[]> {
    const before = await versionOf(this.deps.store, tenantId, other);
    if ([before, after].some((one) => rulesOf(one, 'error').length > 0))
      throw new Problem('conflict', 'A version with errors cannot be compared.');
    const names = Object.fromEntries(this.deps.channels.map(({ manifest }) => [manifest.channel, manifest.title]));
    const facts = { ...this.deps.facts, names };
    return diff(before.document as InstructionsDocument, after.document as InstructionsDocument, facts);
  }
}
