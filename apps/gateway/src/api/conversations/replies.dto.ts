// Messages that a recipient posts later, in the form of its answers.
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray } from 'class-validator';

const MOST = 20;

export class RepliesDto {
  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true, required: ['type'], properties: { type: { type: 'string' } } },
    minItems: 1,
    maxItems: MOST,
    description: 'As in the answer of a bot: see the bot contract.',
    example: [{ type: 'text', text: 'Your order is on its way.' }],
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST)
  readonly messages!: readonly unknown[];
}

export class QueuedDto {
  @ApiProperty({ type: [String], description: 'Ids of the messages, in order.' })
  readonly ids!: readonly string[];
}
