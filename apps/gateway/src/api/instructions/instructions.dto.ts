// Instructions as the API takes and answers them.
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import type { ApplicationState } from '#libs/store';
import { IsInstant, IsLine } from '../input.js';
import { PageQuery } from '../paging.js';

export class HistoryQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'date-time', description: 'A time, ISO 8601 with its zone.' })
  @IsOptional()
  @IsInstant()
  readonly at?: string;
}

export class DiffQuery {
  @ApiPropertyOptional({ minimum: 1, description: 'An earlier version to compare with.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(999_999_999)
  readonly diff?: number;
}

export class FindingDto {
  @ApiProperty({ enum: ['error', 'warning', 'info'] })
  readonly severity!: 'error' | 'warning' | 'info';

  @ApiProperty({ description: 'JSON pointer into the document.' })
  readonly path!: string;

  @ApiProperty()
  readonly rule!: string;

  @ApiProperty()
  readonly message!: string;

  @ApiProperty({ example: 'Art. 13 GDPR' })
  readonly article!: string;

  @ApiPropertyOptional({ description: 'What would put it right.' })
  readonly fix?: string;

  @ApiPropertyOptional({
    description:
      'Where `path` leads in the text that was submitted, from 1; of what is missing, where its parent stands.',
  })
  readonly line?: number;

  @ApiPropertyOptional({ description: 'The column in that line, from 1.' })
  readonly column?: number;
}

export class SubmittedDto {
  @ApiProperty()
  readonly version!: number;

  @ApiProperty({ description: 'SHA-256, hex, over the RFC 8785 form of the document.' })
  readonly hash!: string;

  @ApiProperty({ type: [FindingDto] })
  readonly findings!: readonly FindingDto[];
}

export class ApprovalDto {
  @ApiProperty({ type: [String], description: 'Rules of the warnings that you have read and accept.' })
  @IsArray()
  @ArrayMaxSize(1000)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  readonly acknowledged: readonly string[] = [];

  @ApiPropertyOptional({
    description: 'Who approves, for the record; the credential that was used unless given.',
    maxLength: 200,
  })
  @IsOptional()
  @IsString()
  @IsLine(200)
  readonly by?: string;
}

export class AcknowledgementDto {
  @ApiProperty({ description: 'Who takes note, for the record.', maxLength: 200 })
  @IsString()
  @IsLine(200)
  readonly by!: string;
}

export class StatementDto {
  @ApiProperty()
  readonly by!: string;

  @ApiProperty({ type: [String], description: 'Rules of the findings that the person has read.' })
  readonly rules!: readonly string[];

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;

  @ApiProperty({
    description:
      "Compact JWS (EdDSA) over version, hash, name, time and rules; the key is in the tenant's JWKS at `/privacy/{tenant id}/jwks.json`.",
  })
  readonly signature!: string;
}

export class NoticeDto {
  @ApiProperty({ type: [String], description: 'Rules that the version may infringe the law by (Art. 28(3) GDPR).' })
  readonly rules!: readonly string[];

  @ApiProperty({ type: [StatementDto], description: 'Who has taken note.' })
  readonly acknowledged!: readonly StatementDto[];
}

export class VersionDto {
  @ApiProperty()
  readonly version!: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'The version that was in force when this one was submitted.',
  })
  readonly supersedes!: number | null;

  @ApiProperty()
  readonly hash!: string;

  @ApiProperty({ format: 'date-time' })
  readonly submittedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly approvedAt!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly approvedBy!: string | null;

  @ApiProperty({ type: [String] })
  readonly acknowledged!: readonly string[];

  @ApiProperty({ enum: [1, 2], description: 'How many persons have to approve it.' })
  readonly approvalsNeeded!: number;

  @ApiProperty({ type: [StatementDto] })
  readonly approvals!: readonly StatementDto[];

  @ApiProperty()
  readonly notice!: NoticeDto;

  @ApiProperty()
  readonly inForce!: boolean;
}

export class ApplicationDto {
  @ApiProperty({
    enum: ['waiting', 'running', 'settling', 'on-hold', 'done', 'not-needed', 'not-in-force'],
    description:
      '`waiting` until it is in force; `settling`: looked at once, and once more for what was in flight; `on-hold`: a legal hold stands above it; `not-needed`: nothing in it is stricter.',
  })
  readonly state!: ApplicationState;

  @ApiProperty({ type: [String], description: 'In what it is stricter than earlier versions, as JSON pointers.' })
  readonly stricter!: readonly string[];

  @ApiProperty({ description: 'Messages kept under earlier versions, when it began.' })
  readonly total!: number;

  @ApiProperty({ description: 'How many of them were looked at.' })
  readonly examined!: number;

  @ApiProperty({ description: 'Messages, files and identifiers of which something was taken away.' })
  readonly changed!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly startedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly finishedAt!: string | null;
}

export class ChangeDto {
  @ApiProperty({ description: 'JSON pointer into the document.' })
  readonly path!: string;

  @ApiProperty({ enum: ['stricter', 'laxer', 'changed'], description: 'For the person whose data it is.' })
  readonly kind!: 'stricter' | 'laxer' | 'changed';

  @ApiProperty({ example: 'From now on the telephone number (wa_id) is dropped on WhatsApp Cloud API.' })
  readonly words!: string;
}

export class VersionDetailDto extends VersionDto {
  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly document!: unknown;

  @ApiProperty({ type: [FindingDto] })
  readonly findings!: readonly FindingDto[];

  @ApiPropertyOptional({
    type: [ChangeDto],
    description: 'With `?diff`: what changes when it follows the other version.',
  })
  readonly diff?: readonly ChangeDto[];
}
