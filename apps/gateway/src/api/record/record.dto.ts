// The record of processing as the API description names its parts.
import { ApiProperty } from '@nestjs/swagger';

const party = { type: 'object', additionalProperties: true, nullable: true } as const;
const list = { type: 'array', items: { type: 'object', additionalProperties: true } } as const;

export class RecordDto {
  @ApiProperty({ example: 'parley-record/1' })
  readonly schema!: string;

  @ApiProperty({ format: 'date-time' })
  readonly generatedAt!: string;

  @ApiProperty({ ...party, description: 'Version, hash and start of the instructions in force; null: none.' })
  readonly instructions!: object | null;

  @ApiProperty({ ...party, description: 'Who operates the gateway.' })
  readonly processor!: object | null;

  @ApiProperty(party)
  readonly controller!: object | null;

  @ApiProperty(party)
  readonly dataProtectionOfficer!: object | null;

  @ApiProperty({ ...list, description: 'Purposes with DPV term, legal basis and categories.' })
  readonly processing!: readonly object[];

  @ApiProperty(list)
  readonly channels!: readonly object[];

  @ApiProperty(list)
  readonly recipients!: readonly object[];

  @ApiProperty({ ...list, description: 'To third countries, with the safeguard of each.' })
  readonly transfers!: readonly object[];

  @ApiProperty(list)
  readonly retention!: readonly object[];

  @ApiProperty({ type: [String], description: 'Art. 32(1) GDPR, as far as the software provides it.' })
  readonly measures!: readonly string[];
}
