// Tenants as the API takes and answers them.
import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches } from 'class-validator';
import { SLUG } from '../access.js';
import { IsLine } from '../input.js';

export class NewTenantDto {
  @ApiProperty({ pattern: SLUG.source, example: 'acme' })
  @IsString()
  @Matches(SLUG)
  readonly slug!: string;

  @ApiProperty({ minLength: 1, maxLength: 200, example: 'Acme GmbH' })
  @IsString()
  @IsLine(200)
  readonly name!: string;
}

export class MadeTenantDto {
  @ApiProperty()
  readonly slug!: string;

  @ApiProperty({ description: "The tenant's first API key. It cannot be read again." })
  readonly apiKey!: string;
}

export class TenantDto {
  @ApiProperty()
  readonly slug!: string;

  @ApiProperty()
  readonly name!: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;
}

export class TenantDetailDto extends TenantDto {
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Version of the instructions in force; null: nothing is kept.',
  })
  readonly instructionVersion!: number | null;
}

class DeletedDto {
  @ApiProperty()
  readonly what!: string;

  @ApiProperty()
  readonly count!: number;
}

/** Art. 28(3)(g) GDPR. */
export class EndCertificateDto {
  @ApiProperty()
  readonly schema!: string;

  @ApiProperty()
  readonly tenant!: string;

  @ApiProperty({ enum: ['delete', 'return'], description: 'What the instructions said about the end of the contract.' })
  readonly instructed!: string;

  @ApiProperty({ type: Number, nullable: true })
  readonly instructionVersion!: number | null;

  @ApiProperty({
    type: Object,
    nullable: true,
    description: 'Hash and size of what was returned; null: nothing was to be.',
  })
  readonly returned!: { readonly sha256: string; readonly bytes: number; readonly until: string } | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'Where it can be fetched: give it to the controller. Until it was, `GET /v1/ended-contracts/exports` says it again.',
  })
  readonly exportUrl!: string | null;

  @ApiProperty({ format: 'date-time' })
  readonly keysDestroyedAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly completedAt!: string;

  @ApiProperty({ type: [DeletedDto] })
  readonly deleted!: readonly DeletedDto[];

  @ApiProperty({
    format: 'date-time',
    description: 'By when the destroyed keys, sealed as they were, have left the files of the tables.',
  })
  readonly sealedKeyGoneFromTablesBy!: string;

  @ApiProperty({
    format: 'date-time',
    nullable: true,
    type: String,
    description: 'The same of the write-ahead log; null: the server of the database decides.',
  })
  readonly sealedKeyGoneFromLogBy!: string | null;

  @ApiProperty({ format: 'date-time', description: 'Until then the keys in backups made before could open them.' })
  readonly backupsReadableUntil!: string;

  @ApiProperty({ format: 'date-time', description: 'Backups made before must be gone by then.' })
  readonly backupsGoneBy!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The certificate as a C2SP signed note.' })
  readonly signed!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The last checkpoint of the ledger.' })
  readonly checkpoint!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'C2SP verifier key of both.' })
  readonly key!: string | null;
}
