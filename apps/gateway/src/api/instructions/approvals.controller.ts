// What named persons say of a version: they approve it, one or two of them, or take note of what is wrong with it. Each is signed.
import { Body, Inject, Param, Post } from '@nestjs/common';
import { announcedBy, changesOfHolds, review } from '#libs/instructions';
import { Problem } from '#libs/kernel';
import type { ApprovalOutcome, InstructionVersion, TenantRow } from '#libs/store';
import { statementOf } from '../../statements.js';
import { By, Of, type Caller } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { Operation, Resource } from '../operation.js';
import { SlugParam } from '../slug.js';
import { AcknowledgementDto, ApprovalDto, VersionDto } from './instructions.dto.js';
import { around, documentOf, neededFor, noticeOf, rulesOf, versionDto, versionOf, VersionPipe } from './versions.js';

const credentialOf = (caller: Caller): string => (caller.kind === 'operator' ? 'operator' : `key:${caller.keyId}`);

const REFUSALS: Partial<Record<ApprovalOutcome, string>> = {
  'approved-already': 'This version is approved already.',
  'same-person':
    'Two persons have to approve this version: the second must have another name and another key than the first.',
};

@Resource('v1/tenants/:slug/instructions/:version', { tag: 'Instructions', access: 'tenant' })
@SlugParam()
export class ApprovalsController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Post('approve')
  @Operation({
    summary: 'Approve a version, and with the last approval that is needed put it in force',
    description:
      'It is reviewed once more, by what is in force and by the day. Where `contract.approvals` of this version or of the one in force is 2, two named persons approve, each with a key of their own.',
    answers: VersionDto,
    refuses: ['invalid-input', 'conflict'],
  })
  async approve(
    @Of() tenant: TenantRow,
    @By() caller: Caller,
    @Param('version', VersionPipe) version: number,
    @Body() body: ApprovalDto,
  ): Promise<VersionDto> {
    const { store, log, tenants } = this.deps;
    const row = await versionOf(store, tenant.id, version);
    if (row.approved_at) throw new Problem('conflict', REFUSALS['approved-already']);
    const inForce = await store.instructionsInForce(tenant.id);
    // As of now: since it was submitted time has passed, and another version may have come into force.
    const findings = review(row.document, { ...this.deps.facts, inForce: inForce?.document }, new Date());
    const errors = rulesOf({ findings }, 'error');
    if (errors.length > 0) throw new Problem('conflict', `It has errors: ${errors.join(', ')}.`);
    // Only rules of its own findings go on record: the rest would be text of the caller's.
    const rules = rulesOf({ findings }, 'warning');
    const open = rules.filter((rule) => !body.acknowledged.includes(rule));
    if (open.length > 0) throw new Problem('conflict', `Not acknowledged: ${open.join(', ')}.`);
    const needed = neededFor(row, inForce);
    const before = inForce ? documentOf(inForce) : undefined;
    const announced = announcedBy(documentOf(row), before);
    const holds = changesOfHolds(documentOf(row), before);
    if (needed === 2 && body.by === undefined)
      throw new Problem('conflict', 'Two persons have to approve this version: say in `by` who you are.');
    const statement = await this.stated(tenant, caller, { row, says: 'approves', by: body.by, rules });
    const outcome = await store.approveInstructions(tenant.id, version, { ...statement, needed, announced, holds });
    if (REFUSALS[outcome]) throw new Problem('conflict', REFUSALS[outcome]);
    if (outcome === 'in-force') {
      await tenants.changed(tenant.id);
      log.info('instructions.approved', { tenantId: tenant.id, version });
    }
    return this.answer(tenant, version);
  }

  @Post('acknowledge')
  @Operation({
    summary: 'Take note of what may infringe the law in a version',
    description:
      'Art. 28(3) GDPR, last sentence: the findings of a version are a notice to the controller. This records by name that it was read; it approves nothing.',
    answers: VersionDto,
    refuses: ['invalid-input', 'conflict'],
  })
  async acknowledge(
    @Of() tenant: TenantRow,
    @By() caller: Caller,
    @Param('version', VersionPipe) version: number,
    @Body() body: AcknowledgementDto,
  ): Promise<VersionDto> {
    const row = await versionOf(this.deps.store, tenant.id, version);
    const rules = noticeOf(row);
    if (rules.length === 0) throw new Problem('conflict', 'There is no notice about this version.');
    const statement = await this.stated(tenant, caller, { row, says: 'acknowledges', by: body.by, rules });
    if (!(await this.deps.store.acknowledgeFindings(tenant.id, version, statement)))
      throw new Problem('conflict', 'This person has taken note already.');
    return this.answer(tenant, version);
  }

  private stated(
    tenant: TenantRow,
    caller: Caller,
    said: {
      row: InstructionVersion;
      says: 'approves' | 'acknowledges';
      by: string | undefined;
      rules: readonly string[];
    },
  ) {
    const { row: of, says, rules } = said;
    const credential = credentialOf(caller);
    const name = said.by ?? credential;
    const statement = { tenantId: tenant.id, says, of, name, credential, rules, at: new Date() };
    return statementOf(this.deps.ledger.signatures, statement);
  }

  private async answer(tenant: TenantRow, version: number): Promise<VersionDto> {
    const row = await versionOf(this.deps.store, tenant.id, version);
    return versionDto(row, await around(this.deps.store, tenant.id, version));
  }
}
