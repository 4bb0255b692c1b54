// API keys as the API takes and answers them: the key itself is shown once.
import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches } from 'class-validator';
import { IsLine } from '../input.js';

const SCOPE = /^(tenant|opendsr|recipient:[a-z0-9][a-z0-9-]{0,63})$/;

export class NewApiKeyDto {
  @ApiProperty({ minLength: 1, maxLength: 200, example: 'bot in production' })
  @IsString()
  @IsLine(200)
  readonly label!: string;

  @ApiProperty({
    pattern: SCOPE.source,
    example: 'recipient:bot',
    description: '`tenant`: this whole API. `recipient:<id>`: post messages. `opendsr`: hand requests in by OpenDSR.',
  })
  @IsString()
  @Matches(SCOPE)
  readonly scope!: string;
}

export class MadeApiKeyDto {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ description: 'It cannot be read again.' })
  readonly apiKey!: string;

  @ApiProperty()
  readonly label!: string;

  @ApiProperty()
  readonly scope!: string;
}

export class ApiKeyDto {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty()
  readonly label!: string;

  @ApiProperty()
  readonly scope!: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly revokedAt!: string | null;
}
