// Leaves, verification, checkpoints and proofs as the API answers them.
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

export class LeafDto {
  @ApiProperty()
  readonly seq!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'Its place in the tree; null for a moment after writing.' })
  readonly position!: number | null;

  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly leaf!: object;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;
}

export class FindingDto {
  @ApiProperty({
    enum: ['altered', 'missing', 'added', 'tile', 'head', 'checkpoint', 'rolled-back', 'forked', 'key'],
  })
  readonly kind!: string;

  @ApiProperty({ type: Number, nullable: true, description: 'Position of a leaf, or size of a checkpoint.' })
  readonly at!: number | null;
}

export class VerificationDto {
  @ApiProperty()
  readonly valid!: boolean;

  @ApiProperty({ description: 'Leaves in the tree.' })
  readonly size!: number;

  @ApiProperty({ description: 'Root of the leaves as they are now, base64.' })
  readonly root!: string;

  @ApiProperty({ description: 'Leaves that were written since and have no position yet.' })
  readonly pending!: number;

  @ApiProperty({ type: [FindingDto], description: 'The first hundred.' })
  readonly findings!: readonly FindingDto[];
}

export class CheckpointDto {
  @ApiProperty()
  readonly size!: number;

  @ApiProperty({ description: 'C2SP tlog-checkpoint, signed as C2SP signed-note.' })
  readonly checkpoint!: string;

  @ApiProperty({ description: 'C2SP verifier key. Pin it outside of this gateway.' })
  readonly key!: string;
}

export class PlacedLeafDto {
  @ApiProperty()
  readonly position!: number;

  @ApiProperty()
  readonly seq!: number;

  @ApiProperty({ description: 'To the microsecond: as it is hashed.', example: '2026-11-24T12:00:00.123456Z' })
  readonly at!: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly leaf!: object;
}

export class ProofDto extends CheckpointDto {
  @ApiProperty({ type: [String], description: 'RFC 6962 proof: hashes, base64.' })
  readonly hashes!: readonly string[];

  @ApiPropertyOptional({ type: PlacedLeafDto, description: 'For `position`: the leaf.' })
  readonly leaf?: PlacedLeafDto;

  @ApiPropertyOptional({ description: 'For `from`: the former size.' })
  readonly from?: number;
}

export class ProofQuery {
  @ApiPropertyOptional({ description: 'Prove that the leaf at this position is in the newest checkpoint.', minimum: 0 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly position?: number;

  @ApiPropertyOptional({ description: 'Prove that the newest checkpoint goes on where this size ended.', minimum: 1 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly from?: number;
}
