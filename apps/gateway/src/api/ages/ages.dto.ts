// What is known of whether persons are of age, as the API answers it and takes it. No date of birth, no age of anybody.
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';

export class AgeDto {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ format: 'uuid', description: 'The person, by our random id.' })
  readonly subject!: string;

  @ApiProperty({ enum: ['asked', 'declared-adult', 'declared-minor', 'guardian-confirmed'] })
  readonly state!: string;

  @ApiProperty({ example: 16, description: 'The age that was asked for, in years; not that of the person.' })
  readonly threshold!: number;

  @ApiProperty({ enum: ['person', 'controller'], description: 'Who said so.' })
  readonly source!: string;

  @ApiProperty({ description: 'SHA-256, hex, of what the person was asked; empty where nobody was.' })
  readonly textHash!: string;

  @ApiProperty({ example: 'en' })
  readonly language!: string;

  @ApiProperty()
  readonly channel!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The message that answered.' })
  readonly message!: string | null;

  @ApiProperty({ description: 'Version and clause of the instructions.' })
  readonly instruction!: { readonly version: number; readonly clause: string };

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;
}

export const CONFIRMED = ['guardian-confirmed', 'declared-adult', 'declared-minor'] as const;

export class NewAgeDto {
  @ApiProperty({
    format: 'uuid',
    description: 'The person, by the id that this list, consents and conversations name.',
  })
  @IsUUID()
  readonly subject!: string;

  @ApiProperty({ enum: CONFIRMED, description: 'What you made sure of, in a way that you can show.' })
  @IsIn(CONFIRMED)
  readonly state!: (typeof CONFIRMED)[number];
}
