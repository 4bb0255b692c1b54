// Rights requests as the API takes and answers them.
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { RIGHTS, type Right } from '#libs/instructions';
import { JUSTIFICATIONS, REQUEST_STATES } from '#libs/rights';
import { IsLine, IsText } from '../input.js';

export class NamedPersonDto {
  @ApiProperty({ description: 'As in `GET /identifiers`.' })
  @IsString()
  @MaxLength(64)
  readonly channel!: string;

  @ApiProperty({ description: 'Kind of identifier, as in `GET /identifiers`.', example: 'wa_id' })
  @IsString()
  @Matches(/^[a-z][a-z0-9_]{0,63}$/)
  readonly kind!: string;

  @ApiProperty({ example: '4915550000001' })
  @IsString()
  @IsLine(512)
  readonly value!: string;
}

export class NewRequestDto {
  @ApiProperty({ enum: RIGHTS })
  @IsIn(RIGHTS)
  readonly right!: Right;

  @ApiProperty({ type: NamedPersonDto })
  @IsObject() // ValidateNested has nothing to say of one that is not there
  @ValidateNested()
  @Type(() => NamedPersonDto)
  readonly subject!: NamedPersonDto;

  @ApiPropertyOptional({ description: 'Of an objection: the one purpose that it is about.' })
  @IsOptional()
  @IsString()
  @Matches(/^[a-z][a-z0-9-]{0,63}$/)
  readonly purpose?: string;

  @ApiPropertyOptional({
    description: 'False: you doubt who asks; the request waits until `verify` (Art. 12(6)).',
    default: true,
  })
  @IsOptional()
  @IsBoolean()
  readonly identified?: boolean;
}

export class CorrectionDto {
  @ApiProperty({ description: 'As in `GET /identifiers`.' })
  @IsString()
  @MaxLength(64)
  readonly channel!: string;

  @ApiProperty({ description: 'Kind of identifier that the instructions keep.', example: 'profile_name' })
  @IsString()
  @Matches(/^[a-z][a-z0-9_]{0,63}$/)
  readonly kind!: string;

  @ApiProperty({ description: 'What is right.', example: 'Zoë Example' })
  @IsString()
  @IsLine(512)
  readonly value!: string;
}

export class StatementDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'The message that it is about; left out: the whole record.' })
  @IsOptional()
  @IsUUID('all')
  readonly message?: string;

  @ApiProperty({ maxLength: 4000, description: 'Shown beside what is held, which stays as it was written.' })
  @IsString()
  @IsText(4_000)
  readonly text!: string;
}

export class RectificationDto {
  @ApiPropertyOptional({ type: [CorrectionDto], maxItems: 20 })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsObject({ each: true }) // a list in the list would pass for nested ones
  @ValidateNested({ each: true })
  @Type(() => CorrectionDto)
  readonly corrections?: readonly CorrectionDto[];

  @ApiPropertyOptional({ type: [StatementDto], maxItems: 20 })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsObject({ each: true }) // a list in the list would pass for nested ones
  @ValidateNested({ each: true })
  @Type(() => StatementDto)
  readonly statements?: readonly StatementDto[];
}

export class RefusalDto {
  @ApiProperty({ enum: JUSTIFICATIONS, description: 'A DPV term of eu-gdpr, or the article where DPV has none.' })
  @IsIn(JUSTIFICATIONS)
  readonly justification!: string;
}

export class ConfirmationDto {
  @ApiProperty({ example: '1234 5678' })
  @IsString()
  @Matches(/^[0-9 -]{8,20}$/)
  readonly code!: string;
}

export class ExtensionDto {
  @ApiProperty({ minLength: 10, maxLength: 500, description: 'Told to the person (Art. 12(3)).' })
  @IsString()
  @IsLine(500, 10)
  readonly reason!: string;
}

export class LiftDto {
  @ApiPropertyOptional({
    enum: ['forward', 'leave'],
    default: 'forward',
    description: 'What becomes of messages that were kept meanwhile.',
  })
  @IsOptional()
  @IsIn(['forward', 'leave'])
  readonly kept?: 'forward' | 'leave';
}

export class MadeRequestDto {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ enum: REQUEST_STATES })
  readonly state!: string;

  @ApiProperty({ format: 'date-time', description: 'Last moment of the answer (Art. 12(3)).' })
  readonly due!: string;
}

export class RequestDto extends MadeRequestDto {
  @ApiProperty({ enum: RIGHTS })
  readonly right!: string;

  @ApiProperty({
    enum: ['api', 'chat', 'platform', 'opendsr', 'journal'],
    description:
      'Where it was asked for; `journal`: a backup was put back that does not have it, and the journal of deletions does.',
  })
  readonly source!: string;

  @ApiProperty({
    description:
      'Is the person told in the chat? Else you tell them: also where they asked there while another app had the conversation.',
  })
  readonly toldInChat!: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'Of an objection.' })
  readonly purpose!: string | null;

  @ApiProperty({ format: 'date-time' })
  readonly receivedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly completedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Of a restriction or an objection.' })
  readonly liftedAt!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description:
      'When it is deleted, three years after it is over; null: it is open, or a restriction or an objection that stands.',
  })
  readonly keptUntil!: string | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Percent of the time that is over; null: closed.' })
  readonly elapsed!: number | null;

  @ApiProperty({ description: 'The last alert that was given: 0, 50, 75 or 90 percent.' })
  readonly alerted!: number;

  @ApiProperty({ type: String, nullable: true, description: 'Why it takes longer.' })
  readonly extendedBecause!: string | null;

  @ApiProperty({ type: Object, description: 'What provided for it.' })
  readonly instructions!: { readonly version: number | null; readonly clause: string };

  @ApiProperty({ type: Object, nullable: true, description: 'Who decided, when, and why if refused.' })
  readonly decision!: { readonly by: string; readonly at: string; readonly justification: string | null } | null;

  @ApiProperty({ description: 'Public page of the request.' })
  readonly statusUrl!: string;
}

export class MentionsDto {
  @ApiProperty({ enum: ['redact', 'list'] })
  readonly mode!: string;

  @ApiProperty({ description: 'Messages that were opened so far.' })
  readonly examined!: number;

  @ApiProperty({ description: 'Messages in which the person was mentioned.' })
  readonly found!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'null: it goes on.' })
  readonly finishedAt!: string | null;
}

export class MentionDto {
  @ApiProperty({ format: 'uuid' })
  readonly message!: string;

  @ApiProperty({ format: 'uuid' })
  readonly conversation!: string;

  @ApiProperty({ description: 'Was the mention taken out?' })
  readonly redacted!: boolean;
}

export class StateSinceDto {
  @ApiProperty({ enum: REQUEST_STATES })
  readonly state!: string;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;
}

export class RequestDetailDto extends RequestDto {
  @ApiProperty({ type: [StateSinceDto], description: 'The states that it was in, oldest first.' })
  readonly history!: readonly StateSinceDto[];

  @ApiPropertyOptional({ type: Object, description: 'Of an erasure: what went, when, by which clause, who was told.' })
  readonly certificate?: object;

  @ApiPropertyOptional({ type: Object, description: 'Of any other right: what was done.' })
  readonly evidence?: object;

  @ApiPropertyOptional({ type: MentionsDto, description: 'Of an erasure: the instructed search in what others wrote.' })
  readonly mentions?: MentionsDto;

  @ApiPropertyOptional({
    description: "Of a platform's callback: what it called a person whom nobody here answers to.",
  })
  readonly reference?: string;
}
