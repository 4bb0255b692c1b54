// Connections as the API takes and answers them. Secrets go in and never come out.
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsString, MaxLength } from 'class-validator';
import { IsLine } from '../input.js';

export class NewConnectionDto {
  @ApiProperty({ example: 'messenger' })
  @IsString()
  @MaxLength(64)
  readonly channel!: string;

  @ApiProperty({ minLength: 1, maxLength: 200, example: 'Support line' })
  @IsString()
  @IsLine(200)
  readonly name!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'What the channel asks for; its secrets are write-only.',
  })
  @IsObject()
  readonly settings!: Readonly<Record<string, unknown>>;
}

export class ConnectionSettingsDto {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Those that change; the others stay as they were entered.',
  })
  @IsObject()
  readonly settings!: Readonly<Record<string, unknown>>;
}

export class ConnectionDto {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty()
  readonly channel!: string;

  @ApiProperty()
  readonly name!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Without the secrets.' })
  readonly settings!: Readonly<Record<string, string | readonly string[]>>;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What the platform calls; null where clients fetch for themselves.',
  })
  readonly webhookUrl!: string | null;

  @ApiPropertyOptional({ description: 'What the platform calls when a person wants their data deleted, if it does.' })
  readonly deletionUrl?: string;

  @ApiPropertyOptional({ description: 'What the platform calls when a person leaves the app, if it does.' })
  readonly deauthorizeUrl?: string;

  @ApiProperty({ description: 'Do the credentials work?', example: 'healthy' })
  readonly health!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly healthReason!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Since when the platform takes nothing from it; what is due waits, for a day at most.',
  })
  readonly stoppedAt!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Until when the platform told it to send nothing (a spam or rate limit); what is due waits.',
  })
  readonly pausedUntil!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '131048', description: "The platform's code for that." })
  readonly pauseCode!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description:
      'When the platform last refused, for want of a permission, to tell what instructions want looked up of a person.',
  })
  readonly lookUpRefusedAt!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '100/2018247', description: "The platform's code for that." })
  readonly lookUpCode!: string | null;

  @ApiProperty({ format: 'date-time' })
  readonly checkedAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;
}

export class MadeConnectionDto extends ConnectionDto {
  @ApiPropertyOptional({
    description: 'Public key with which a page of an allowed origin opens conversations. Shown once.',
  })
  readonly siteKey?: string;
}
