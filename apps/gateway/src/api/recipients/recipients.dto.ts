// Recipients and disclosures as the API answers them.
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { CATEGORIES } from '#libs/kernel';
import { IsLine } from '../input.js';

export class ObjectionDto {
  @ApiProperty({ description: 'Who objects, for the record.', maxLength: 200 })
  @IsString()
  @IsLine(200)
  readonly by!: string;

  @ApiPropertyOptional({ maxLength: 300 })
  @IsOptional()
  @IsString()
  @IsLine(300)
  readonly reason?: string;
}

export class StandingObjectionDto {
  @ApiProperty()
  readonly by!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly reason!: string | null;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;
}

export class RecipientDto {
  @ApiProperty({ example: 'bot' })
  readonly id!: string;

  @ApiProperty({ example: 'webhook' })
  readonly kind!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly url!: string | null;

  @ApiProperty({ type: [String] })
  readonly purposes!: readonly string[];

  @ApiProperty({ type: [String], enum: CATEGORIES, description: 'Categories that it is given.' })
  readonly data!: readonly string[];

  @ApiProperty({ type: [String], description: 'Kinds of identifiers that it is given.' })
  readonly identifiers!: readonly string[];

  @ApiProperty({ description: 'JSON pointer into the instructions in force.' })
  readonly clause!: string;

  @ApiProperty({ type: String, nullable: true, enum: ['sub-processor', 'controller-own', 'third-party'] })
  readonly role!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The company.' })
  readonly entity!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Where it processes.', example: 'IE' })
  readonly country!: string | null;

  @ApiProperty({
    type: 'object',
    nullable: true,
    additionalProperties: true,
    description: 'What permits a transfer outside the EEA: `mechanism`, `ref`, `validUntil`.',
  })
  readonly transfer!: object | null;

  @ApiProperty({ type: String, nullable: true, description: 'Nothing is sent before.' })
  readonly from!: string | null;

  @ApiProperty({
    enum: ['active', 'announced', 'transfer-expired', 'objected'],
    description: 'Only `active` is given anything. While `announced` the controller can object (Art. 28(2) GDPR).',
  })
  readonly state!: string;

  @ApiProperty({ type: StandingObjectionDto, nullable: true })
  readonly objection!: StandingObjectionDto | null;
}

export class SecretDto {
  @ApiProperty({ description: 'Signing secret as in Standard Webhooks. It cannot be read again.', example: 'whsec_…' })
  readonly secret!: string;
}

export class EnteredSecretDto {
  @ApiProperty({ writeOnly: true, minLength: 8, maxLength: 500, description: 'Without spaces.' })
  @IsString()
  @MinLength(8)
  @MaxLength(500)
  @Matches(/^[\x21-\x7e]+$/)
  readonly secret!: string;
}

export class DisclosureDto {
  @ApiProperty({ format: 'uuid', description: 'Random id of the person.' })
  readonly subject!: string;

  @ApiProperty()
  readonly recipient!: string;

  @ApiProperty()
  readonly purpose!: string;

  @ApiProperty({ type: [String], enum: CATEGORIES })
  readonly categories!: readonly string[];

  @ApiProperty()
  readonly instructionVersion!: number;

  @ApiProperty()
  readonly count!: number;

  @ApiProperty({ format: 'date-time' })
  readonly firstAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly lastAt!: string;
}
