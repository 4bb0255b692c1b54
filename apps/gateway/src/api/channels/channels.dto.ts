// A channel as the API shows it: what it is, what its platform does with data, and what it exposes about people.
import { ApiProperty } from '@nestjs/swagger';
import { IDENTIFIER_ACTIONS } from '#libs/kernel';

export class ExposedKindDto {
  @ApiProperty({ example: 'wa_id', description: 'Its key in instructions.' })
  readonly kind!: string;

  @ApiProperty({ type: [String], description: 'Where it is found in an update of the platform.' })
  readonly paths!: readonly string[];

  @ApiProperty({ type: [String], enum: ['before', 'during', 'after'], description: 'Seen from the conversation.' })
  readonly phases!: readonly string[];

  @ApiProperty({ type: [String], description: 'Terms of DPV 2.3, extension pd.', example: ['TelephoneNumber'] })
  readonly dpv!: readonly string[];

  @ApiProperty({ description: 'Within what the same value means the same person.' })
  readonly scope!: string;

  @ApiProperty({ enum: ['routing', 'correlation', 'profile', 'content', 'metadata'] })
  readonly role!: string;

  @ApiProperty({ description: 'Category by which purposes and retention cover it.' })
  readonly category!: string;

  @ApiProperty({ enum: ['required', 'one-of', 'none'], description: 'Is it needed to reply?' })
  readonly reply!: string;

  @ApiProperty({ enum: ['low', 'medium', 'high'] })
  readonly sensitivity!: string;

  @ApiProperty({ enum: ['subject', 'third-party', 'staff'], description: 'Whose it is.' })
  readonly of!: string;

  @ApiProperty({ type: [String], description: 'Other kinds whose value contains this one.' })
  readonly hiddenIn!: readonly string[];

  @ApiProperty({ enum: IDENTIFIER_ACTIONS, description: 'What becomes of it where instructions are silent.' })
  readonly default!: string;

  @ApiProperty({ enum: IDENTIFIER_ACTIONS, description: 'What we suggest to a purpose that needs it.' })
  readonly suggested!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What has to be switched on before the platform sends it.',
  })
  readonly needs!: string | null;

  @ApiProperty({ description: 'Is the platform asked for it, where a purpose names it under `features`?' })
  readonly lookedUp!: boolean;

  @ApiProperty({ type: String, nullable: true })
  readonly lifetime!: string | null;
}

export class PlatformDto {
  @ApiProperty({ enum: ['processor', 'controller', 'none'], description: 'As the platform states it.' })
  readonly role!: string;

  @ApiProperty({ description: 'What it says that it keeps, and for how long.' })
  readonly retention!: string;

  @ApiProperty({ type: [String] })
  readonly countries!: readonly string[];

  @ApiProperty({ description: 'Where and when that was read.' })
  readonly source!: string;
}

export class ChannelDto {
  @ApiProperty({ description: 'Its name in instructions.' })
  readonly channel!: string;

  @ApiProperty()
  readonly title!: string;

  @ApiProperty()
  readonly platform!: PlatformDto;

  @ApiProperty({ type: [ExposedKindDto] })
  readonly identifiers!: readonly ExposedKindDto[];
}
