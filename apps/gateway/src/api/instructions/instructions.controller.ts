// Instructions: submitted and reviewed, read, approved. A version never changes; the approved one that began last is in force.
import { Body, Get, Inject, Param, Post, Query, type PipeTransform } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { diff, hashDocument, parseDocument, review, type Change, type Finding, type InstructionsDocument } from '#libs/instructions'; // prettier-ignore
import { Problem, type InputError } from '#libs/kernel';
import type { InstructionVersion, TenantRow } from '#libs/store';
import { By, Of, type Caller } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { isStorable } from '../input.js';
import { Operation, Resource } from '../operation.js';
import { pageOfAll, type Page } from '../paging.js';
import { SlugParam } from '../slug.js';
import {
  ApplicationDto,
  ApprovalDto,
  DiffQuery,
  HistoryQuery,
  SubmittedDto,
  VersionDetailDto,
  VersionDto,
} from './instructions.dto.js';

class VersionPipe implements PipeTransform<string, number> {
  transform(value: string): number {
    if (!/^[1-9]\d{0,8}$/.test(value)) throw new Problem('not-found');
    return Number(value);
  }
}

const unreadable = (errors: readonly InputError[]): Problem =>
  new Problem('invalid-input', `The document cannot be read: ${errors[0]?.detail ?? 'unknown form'}`, { errors });

const rulesOf = (version: InstructionVersion, severity: Finding['severity']): string[] => [
  ...new Set(version.findings.filter((f) => f.severity === severity).map((f) => f.rule)),
];

const versionDto = (row: InstructionVersion, inForce: number | undefined): VersionDto => ({
  version: row.version,
  supersedes: row.supersedes,
  hash: row.hash,
  submittedAt: row.submitted_at.toISOString(),
  approvedAt: row.approved_at?.toISOString() ?? null,
  approvedBy: row.approved_by,
  acknowledged: row.acknowledged,
  inForce: row.version === inForce,
});

@Resource('v1/tenants/:slug/instructions', { tag: 'Instructions', access: 'tenant' })
@SlugParam()
export class InstructionsController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Post()
  @ApiConsumes('application/json', 'application/yaml')
  @ApiBody({ description: 'The document.', schema: { type: 'object', additionalProperties: true } })
  @Operation({
    summary: 'Submit a document',
    description:
      'It becomes the next version and is reviewed. Any finding of severity `error` keeps it from being approved.',
    status: 201,
    answers: SubmittedDto,
    refuses: ['invalid-input', 'too-large', 'unsupported-media-type'],
  })
  async submit(@Of() tenant: TenantRow, @Body() source: unknown): Promise<SubmittedDto> {
    const parsed = parseDocument(source);
    if (!parsed.ok) throw unreadable(parsed.errors);
    const { document } = parsed;
    if (!isStorable(document))
      throw unreadable([{ path: '', detail: 'a text in it holds a character that cannot be stored' }]);
    const hash = hashDocument(document);
    const inForce = (await this.deps.store.instructionsInForce(tenant.id))?.document;
    const findings = review(document, { ...this.deps.facts, inForce }, new Date());
    const version = await this.deps.store.submitInstructions(tenant.id, { hash, document, findings });
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
    const inForce = await store.instructionsInForce(tenant.id);
    if (query.at !== undefined) {
      const then = (await store.instructionsAt(tenant.id, new Date(query.at))).version;
      return { items: then ? [versionDto(then, inForce?.version)] : [], next: null };
    }
    const all = await store.instructionVersions(tenant.id);
    const item = (row: InstructionVersion): VersionDto => versionDto(row, inForce?.version);
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
    const row = await this.versionOf(tenant.id, version);
    const inForce = await this.deps.store.instructionsInForce(tenant.id);
    return {
      ...versionDto(row, inForce?.version),
      document: row.document,
      findings: row.findings as readonly Finding[],
      ...(query.diff === undefined ? {} : { diff: await this.changes(tenant.id, row, query.diff) }),
    };
  }

  @Post(':version/approve')
  @Operation({
    summary: 'Put a version in force',
    answers: VersionDto,
    refuses: ['invalid-input', 'conflict'],
  })
  async approve(
    @Of() tenant: TenantRow,
    @By() caller: Caller,
    @Param('version', VersionPipe) version: number,
    @Body() body: ApprovalDto,
  ): Promise<VersionDto> {
    const row = await this.versionOf(tenant.id, version);
    if (row.approved_at) throw new Problem('conflict', 'This version is approved already.');
    const errors = rulesOf(row, 'error');
    if (errors.length > 0) throw new Problem('conflict', `It has errors: ${errors.join(', ')}.`);
    const warnings = rulesOf(row, 'warning');
    const open = warnings.filter((rule) => !body.acknowledged.includes(rule));
    if (open.length > 0) throw new Problem('conflict', `Not acknowledged: ${open.join(', ')}.`);
    const name = body.by ?? (caller.kind === 'operator' ? 'operator' : `key:${caller.keyId}`);
    // Only rules of its own findings go on record: the rest would be text of the caller's.
    const acknowledged = warnings;
    if (!(await this.deps.store.approveInstructions(tenant.id, version, { name, acknowledged })))
      throw new Problem('conflict', 'This version is approved already.');
    await this.deps.tenants.changed(tenant.id);
    this.deps.log.info('instructions.approved', { tenantId: tenant.id, version });
    const inForce = await this.deps.store.instructionsInForce(tenant.id);
    return versionDto(await this.versionOf(tenant.id, version), inForce?.version);
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
    const before = await this.versionOf(tenantId, other);
    if ([before, after].some((one) => rulesOf(one, 'error').length > 0))
      throw new Problem('conflict', 'A version with errors cannot be compared.');
    const names = Object.fromEntries(this.deps.channels.map(({ manifest }) => [manifest.channel, manifest.title]));
    const facts = { ...this.deps.facts, names };
    return diff(before.document as InstructionsDocument, after.document as InstructionsDocument, facts);
  }

  private async versionOf(tenantId: string, version: number): Promise<InstructionVersion> {
    const row = await this.deps.store.instructionVersion(tenantId, version);
    if (!row) throw new Problem('not-found');
    return row;
  }
}
