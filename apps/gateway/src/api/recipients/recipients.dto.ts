// Recipients and disclosures as the API answers them.
import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { CATEGORIES } from '#libs/kernel';

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
