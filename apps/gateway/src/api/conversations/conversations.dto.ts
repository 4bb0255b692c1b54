// Conversations and messages as a mandated read answers them.
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '../paging.js';

export class PurposeQuery extends PageQuery {
  // Optional to the validator: its absence is a refusal of its own.
  @ApiProperty({ description: 'The purpose of this access, as the instructions in force name it.', example: 'support' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  readonly purpose?: string;
}

export class NoticeGivenDto {
  @ApiProperty({ description: 'SHA-256, hex, of the text that was sent.' })
  readonly textHash!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The message by which it was given.' })
  readonly message!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'delivered',
    description: 'What became of that message, as far as the platform says; null once it is gone.',
  })
  readonly state!: string | null;
}

export class ConversationDueDto {
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'The last of its content.' })
  readonly content!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'All of it.' })
  readonly conversation!: string | null;
}

export class ConversationDto {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ format: 'uuid' })
  readonly connection!: string;

  @ApiProperty()
  readonly channel!: string;

  @ApiProperty({ format: 'uuid', description: 'Random id of the person.' })
  readonly subject!: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly lastInboundAt!: string | null;

  @ApiProperty({ description: 'Processing is restricted (Art. 18): what is kept of it is read by nobody.' })
  readonly restricted!: boolean;

  @ApiProperty({ type: NoticeGivenDto, nullable: true, description: 'The first notice that was given last (Art. 13).' })
  readonly notice!: NoticeGivenDto | null;

  @ApiProperty({
    type: ConversationDueDto,
    description:
      'When retention takes it, if nothing more is said in it. null: no line decides, a legal hold keeps all, the person is restricted, it is gone, or the first exchange has not ended; what a hold keeps of it in part stays longer.',
  })
  readonly due!: ConversationDueDto;
}

export class InstructionDto {
  @ApiProperty()
  readonly version!: number;

  @ApiProperty()
  readonly clause!: string;
}

export class MessageDto {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ enum: ['in', 'out'] })
  readonly direction!: 'in' | 'out';

  @ApiProperty({ example: 'message' })
  readonly type!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'Null where nothing was kept, or where the purpose does not cover it.',
  })
  readonly content!: unknown;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Identifiers kept with the message that the purpose covers.',
  })
  readonly identifiers?: Readonly<Record<string, string>>;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  readonly replyTo!: string | null;

  @ApiProperty({ example: 'delivered' })
  readonly state!: string;

  @ApiProperty({ type: String, nullable: true, description: "The platform's or our own error code." })
  readonly code!: string | null;

  @ApiProperty({ type: InstructionDto, description: 'Under which it was stored.' })
  readonly instructions!: InstructionDto;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;
}
