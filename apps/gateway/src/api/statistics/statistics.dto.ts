// Statistics as the API answers them.
import { ApiProperty } from '@nestjs/swagger';

export class StatisticCellDto {
  @ApiProperty({ type: Object, description: 'The values of the dimensions.', example: { channel: 'web' } })
  readonly of!: Readonly<Record<string, string | null>>;

  @ApiProperty()
  readonly messages!: number;
}

export class StatisticDto {
  @ApiProperty({ format: 'date-time' })
  readonly from!: string;

  @ApiProperty({ format: 'date-time' })
  readonly to!: string;

  @ApiProperty({ description: 'The version of the instructions that asked for it.' })
  readonly instructionVersion!: number;

  @ApiProperty({ description: 'No figure is about fewer persons.' })
  readonly minimumGroup!: number;

  @ApiProperty({ type: [String] })
  readonly dimensions!: readonly string[];

  @ApiProperty({ type: Number, nullable: true, description: 'null: fewer than the group, or nobody.' })
  readonly persons!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  readonly messages!: number | null;

  @ApiProperty({
    type: [StatisticCellDto],
    description:
      'Those that may be told. What is missing was nothing, or withheld: a rare cell, or one by which a rare cell could be computed.',
  })
  readonly cells!: readonly StatisticCellDto[];
}
