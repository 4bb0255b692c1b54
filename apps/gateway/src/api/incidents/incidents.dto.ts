// Incidents as the API takes and answers them.
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { COMPONENT, PHASES, SUSPICIONS, type Phase } from '#libs/rights';
import { SLUG } from '../access.js';
import { IsInstant, IsLine } from '../input.js';

export class NewIncidentDto {
  @ApiProperty({ format: 'date-time', description: 'Begin of the time in question.' })
  @IsInstant()
  readonly from!: string;

  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  readonly to!: string;

  @ApiProperty({
    type: [String],
    example: ['database', 'recipient:bot'],
    description:
      '`database`, `backups`, `gateway` (memory of a process), `api` (a key to the management API), `master-key`, `connection:{id}`, `recipient:{id of the document}`.',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @Matches(COMPONENT, { each: true })
  readonly components!: string[];

  @ApiProperty({ enum: SUSPICIONS, isArray: true, description: 'DPV terms.' })
  @IsArray()
  @ArrayMinSize(1)
  @IsIn(SUSPICIONS, { each: true })
  readonly suspicion!: string[];

  @ApiPropertyOptional({ type: [String], description: 'Slugs; every tenant unless given.' })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @Matches(SLUG, { each: true })
  readonly tenants?: string[];
}

export class TellDto {
  @ApiProperty({ enum: PHASES })
  @IsIn(PHASES)
  readonly phase!: Phase;

  @ApiPropertyOptional({ maxLength: 2000, description: 'Likely consequences, as far as known. Name nobody.' })
  @IsOptional()
  @IsString()
  @IsLine(2000)
  readonly consequences?: string;

  @ApiPropertyOptional({ maxLength: 2000, description: 'Measures taken or proposed. Name nobody.' })
  @IsOptional()
  @IsString()
  @IsLine(2000)
  readonly measures?: string;
}

export class IncidentDto {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ format: 'date-time' })
  readonly from!: string;

  @ApiProperty({ format: 'date-time' })
  readonly to!: string;

  @ApiProperty({ type: [String] })
  readonly components!: readonly string[];

  @ApiProperty({ type: [String] })
  readonly suspicion!: readonly string[];

  @ApiProperty({ format: 'date-time' })
  readonly openedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'null: the lists are being made.' })
  readonly countedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly closedAt!: string | null;

  @ApiProperty()
  readonly persons!: number;

  @ApiProperty({ description: 'Messages.' })
  readonly events!: number;
}

export class IncidentTenantDto {
  @ApiProperty()
  readonly tenant!: string;

  @ApiProperty()
  readonly persons!: number;

  @ApiProperty()
  readonly events!: number;

  @ApiProperty({ type: Object, description: 'Persons per category.' })
  readonly categories!: Readonly<Record<string, number>>;

  @ApiProperty({ type: Object, description: 'Persons whose keys may be known, are not, or were destroyed since.' })
  readonly keys!: object;
}

export class IncidentDetailDto extends IncidentDto {
  @ApiProperty({ type: [IncidentTenantDto] })
  readonly tenants!: readonly IncidentTenantDto[];
}

export class DraftDto {
  @ApiProperty()
  readonly tenant!: string;

  @ApiProperty({ type: Object, description: '`parley-breach-notice/1`.' })
  readonly notice!: object;

  @ApiProperty({ description: 'The same to be read.' })
  readonly text!: string;

  @ApiProperty({ type: [Object], description: 'Templates of a letter to the persons, per language.' })
  readonly letters!: readonly object[];
}

export class ToldDto {
  @ApiProperty({ type: [String], description: 'Slugs of the tenants that were told now.' })
  readonly told!: readonly string[];
}

export class NoticeDto {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ enum: PHASES })
  readonly phase!: string;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;

  @ApiProperty({ type: Object, description: 'The notice as data, with `text` and `letters`.' })
  readonly body!: object;
}

export class RegisteredIncidentDto extends IncidentDto {
  @ApiProperty({ type: Object })
  readonly categories!: Readonly<Record<string, number>>;

  @ApiProperty({ type: Object })
  readonly keys!: object;

  @ApiProperty({ type: [NoticeDto] })
  readonly notices!: readonly NoticeDto[];
}

export class IncidentPersonDto {
  @ApiProperty({ format: 'uuid', description: 'Pseudonym, as in conversations.' })
  readonly subject!: string;

  @ApiProperty()
  readonly events!: number;

  @ApiProperty({ type: [String] })
  readonly categories!: readonly string[];

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly firstAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly lastAt!: string | null;
}
