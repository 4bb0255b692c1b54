// Dead letters as the API answers them: ids and codes.
import { ApiProperty } from '@nestjs/swagger';

export class DeadLetterDto {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ format: 'uuid' })
  readonly conversation!: string;

  @ApiProperty({ format: 'uuid' })
  readonly message!: string;

  @ApiProperty({
    description:
      'Where it stopped: `route`, on its way to a recipient; `media`, a file that could not be had; `deliver`, on its way to the person.',
    example: 'deliver',
  })
  readonly stage!: string;

  @ApiProperty({ description: "The platform's or our own error code." })
  readonly code!: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly replayedAt!: string | null;
}
