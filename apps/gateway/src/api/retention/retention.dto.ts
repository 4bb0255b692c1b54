// Retention as the API answers it.
import { ApiProperty } from '@nestjs/swagger';

export class RetentionDto {
  @ApiProperty({ description: '`routing` is the conversation with all that hangs on it; `identifiers` the person’s.' })
  readonly category!: string;

  @ApiProperty({ type: String, nullable: true, example: 'web/ip', description: 'Of one kind of identifier with a period of its own.' }) // prettier-ignore
  readonly identifier!: string | null;

  @ApiProperty({
    enum: ['ingest', 'last-activity', 'withdrawal', 'question'],
    description: '`question`: one for consent that nobody answered; its period has `askAgainAfter` in it.',
  })
  readonly start!: string;

  @ApiProperty({ example: 'P30D' })
  readonly period!: string;

  @ApiProperty({ type: [String], description: 'Of what counts from consents: to which purposes.' })
  readonly purposes!: readonly string[];

  @ApiProperty({ description: 'For what was kept under this version of the instructions or one that began before it.' })
  readonly upToVersion!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Of what was not looked at yet.' })
  readonly oldest!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When that may be due at the earliest.',
  })
  readonly due!: string | null;

  @ApiProperty({ type: [Object], description: 'Legal holds that keep it.' })
  readonly held!: readonly { readonly scope: string; readonly basis: string }[];

  @ApiProperty({ description: 'Persons whose data it passes over until their restriction is lifted (Art. 18).' })
  readonly restricted!: number;
}
