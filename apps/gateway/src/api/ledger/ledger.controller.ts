// The ledger: what was done, without personal data, and how anybody can tell that it was not rewritten.
import { Readable } from 'node:stream';
import { Get, Header, Inject, Query, StreamableFile } from '@nestjs/common';
import { Problem } from '#libs/kernel';
import type { SignedHead } from '#libs/ledger';
import type { TenantRow } from '#libs/store';
import { Of } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { Operation, Resource } from '../operation.js';
import { numberCursor, pageOf, PageQuery, type Page } from '../paging.js';
import { SlugParam } from '../slug.js';
import { CheckpointDto, LeafDto, ProofDto, ProofQuery, VerificationDto } from './ledger.dto.js';

const MOST_FINDINGS = 100;
const JSON_LINES = 'application/jsonl';

const headDto = ({ size, note, key }: SignedHead): CheckpointDto => ({ size, checkpoint: note, key });
const base64 = (hash: Buffer): string => hash.toString('base64');

@Resource('v1/tenants/:slug/ledger', { tag: 'Ledger', access: 'tenant' })
@SlugParam()
export class LedgerController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Get()
  @Operation({ summary: 'The leaves of the ledger', lists: LeafDto, refuses: ['invalid-input'] })
  async list(@Of() tenant: TenantRow, @Query() query: PageQuery): Promise<Page<LeafDto>> {
    const rows = await this.deps.store.leaves(tenant.id, numberCursor(query), query.limit);
    const item = (row: (typeof rows)[number]): LeafDto => ({
      seq: Number(row.seq),
      position: row.position === null ? null : Number(row.position),
      leaf: row.leaf,
      at: row.at.toISOString(),
    });
    return pageOf(rows, query.limit, { item, cursor: (row) => row.seq });
  }

  @Get('verify')
  @Operation({
    summary: 'Verify the ledger',
    description: 'Computes every hash again and compares with what was signed and with what the gateway remembers.',
    answers: VerificationDto,
  })
  async verify(@Of() tenant: TenantRow): Promise<VerificationDto> {
    const { valid, size, root, pending, findings } = await this.deps.ledger.verify(tenant.id);
    return { valid, size, root: base64(root), pending, findings: findings.slice(0, MOST_FINDINGS) };
  }

  @Get('checkpoint')
  @Operation({
    summary: 'The newest signed checkpoint',
    description: 'Keep it, and its key: whoever has one can tell whether the ledger was rewritten since.',
    answers: CheckpointDto,
  })
  async checkpoint(@Of() tenant: TenantRow): Promise<CheckpointDto> {
    const head = await this.deps.ledger.checkpoint(tenant.id);
    if (!head) throw new Problem('not-found', 'Nothing was written yet.');
    return headDto(head);
  }

  @Get('proof')
  @Operation({
    summary: 'An inclusion or a consistency proof',
    description: 'Takes either `position` or `from`.',
    answers: ProofDto,
    refuses: ['invalid-input'],
  })
  async proof(@Of() tenant: TenantRow, @Query() { position, from }: ProofQuery): Promise<ProofDto> {
    if ((position === undefined) === (from === undefined))
      throw new Problem('invalid-input', 'Give either `position` or `from`.');
    if (position !== undefined) {
      const proof = await this.deps.ledger.inclusion(tenant.id, position);
      if (!proof) throw new Problem('not-found', 'There is no such leaf.');
      return { ...headDto(proof.head), leaf: proof.leaf, hashes: proof.hashes.map(base64) };
    }
    const proof = await this.deps.ledger.consistency(tenant.id, from!);
    if (!proof) throw new Problem('not-found', 'The ledger never had that size.');
    return { ...headDto(proof.head), from, hashes: proof.hashes.map(base64) };
  }

  @Get('export')
  @Header('content-disposition', 'attachment; filename="ledger.jsonl"')
  @Operation({
    summary: 'Everything, to be verified without this gateway',
    description: 'JSON Lines: first key and checkpoint, then the leaves. `docs/tools/verify-ledger.mjs` verifies it.',
    sends: JSON_LINES,
  })
  export(@Of() tenant: TenantRow): StreamableFile {
    return new StreamableFile(Readable.from(this.deps.ledger.lines(tenant.id)), { type: JSON_LINES });
  }
}
