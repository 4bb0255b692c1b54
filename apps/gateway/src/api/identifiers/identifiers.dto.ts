// One row of the identifier map: what a channel exposes, what was instructed, what was seen. Never a value.
import { ApiProperty } from '@nestjs/swagger';
import { IDENTIFIER_ACTIONS } from '#libs/kernel';

export class IdentifierDto {
  @ApiProperty()
  readonly channel!: string;

  @ApiProperty({ example: 'wa_id' })
  readonly kind!: string;

  @ApiProperty({
    description:
      'False: seen, but not in the registry of the channel. Of kind `undeclared` are all fields that the channel does not know, by path.',
  })
  readonly declared!: boolean;

  @ApiProperty({
    type: [String],
    enum: ['before', 'during', 'after'],
    description: 'When it is exposed, seen from the conversation.',
  })
  readonly phases!: readonly string[];

  @ApiProperty({
    type: [String],
    description: 'Terms of the Data Privacy Vocabulary, extension pd.',
    example: ['TelephoneNumber'],
  })
  readonly dpv!: readonly string[];

  @ApiProperty({ type: String, nullable: true, description: 'Within what the same value means the same person.' })
  readonly scope!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly role!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly category!: string | null;

  @ApiProperty({ type: String, nullable: true, enum: ['low', 'medium', 'high'] })
  readonly sensitivity!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Whose it is.', enum: ['subject', 'third-party', 'staff'] })
  readonly of!: string | null;

  @ApiProperty({ type: [String], description: 'Other values that contain this one.' })
  readonly hiddenIn!: readonly string[];

  @ApiProperty({ enum: IDENTIFIER_ACTIONS, description: 'What the instructions in force say.' })
  readonly instructed!: string;

  @ApiProperty({ description: 'JSON pointer of the clause that says so, or `default:…`.' })
  readonly clause!: string;

  @ApiProperty()
  readonly seen!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly firstSeen!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly lastSeen!: string | null;

  @ApiProperty({
    type: [String],
    description: 'Where in an update it was seen; where it may be, as long as it was not.',
  })
  readonly paths!: readonly string[];

  @ApiProperty({ type: [String], description: 'What was done with it when it was seen.' })
  readonly applied!: readonly string[];
}
