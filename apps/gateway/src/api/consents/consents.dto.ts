// Consent records as the API answers them: what was shown, what was answered, under which version. No identifier of the person.
import { ApiProperty } from '@nestjs/swagger';
import { CONSENT_STATES } from '#libs/instructions';
import type { EndingState } from '#libs/store';

export class ConsentDto {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ format: 'uuid', description: 'The person, by our random id.' })
  readonly subject!: string;

  @ApiProperty({ example: 'support' })
  readonly purpose!: string;

  @ApiProperty({ enum: Object.keys(CONSENT_STATES) })
  readonly state!: string;

  @ApiProperty({ example: 'ConsentGiven', description: 'The state as a term of DPV 2.3.' })
  readonly dpv!: string;

  @ApiProperty({ description: 'Id of the text by which it was asked.' })
  readonly text!: string;

  @ApiProperty()
  readonly textVersion!: string;

  @ApiProperty({ description: 'SHA-256, hex, of the text that the person saw when they were asked.' })
  readonly textHash!: string;

  @ApiProperty({ example: 'en' })
  readonly language!: string;

  @ApiProperty()
  readonly channel!: string;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The message by which the person answered, or ours by which they were asked.',
  })
  readonly message!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    enum: ['platform', 'request'],
    description: 'What brought a withdrawal where no message did: the platform reported it, or a request asked for it.',
  })
  readonly source!: string | null;

  @ApiProperty({ description: 'Version and clause of the instructions.' })
  readonly instruction!: { readonly version: number; readonly clause: string };

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;
}

export class EndingDto {
  @ApiProperty({
    enum: ['waiting', 'running', 'settling', 'on-hold', 'done'],
    description:
      '`settling`: looked at once, and once more for what was in flight; `on-hold`: a legal hold keeps some of it, until it ends.',
  })
  readonly state!: EndingState;

  @ApiProperty({ example: 'news' })
  readonly purpose!: string;

  @ApiProperty({
    enum: ['withdrawn', 'refused', 'expired', 'invalidated'],
    description: 'How the consent ended; `invalidated`: its person is a minor.',
  })
  readonly cause!: string;

  @ApiProperty({ description: "The person's messages, when it began." })
  readonly total!: number;

  @ApiProperty({ description: 'How many of them were looked at.' })
  readonly examined!: number;

  @ApiProperty({ description: 'Messages of which something was taken away.' })
  readonly changed!: number;

  @ApiProperty({ description: 'Files that were deleted.' })
  readonly files!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly startedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly finishedAt!: string | null;
}

export class ReceiptDto {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'JSON-LD; its schema is at `/schemas/parley-consent-receipt-1.json`.',
  })
  readonly receipt!: object;

  @ApiProperty({ description: 'Compact JWS (EdDSA); its payload is the RFC 8785 form of the receipt.' })
  readonly jws!: string;

  @ApiProperty({ description: 'Which key: its RFC 7638 thumbprint.' })
  readonly kid!: string;

  @ApiProperty({ format: 'uri', description: 'Where the key is published.' })
  readonly jwks!: string;
}
