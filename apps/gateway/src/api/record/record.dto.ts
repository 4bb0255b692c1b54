// The papers of accountability as the API description names their parts.
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

const party = { type: 'object', additionalProperties: true, nullable: true } as const;
const list = { type: 'array', items: { type: 'object', additionalProperties: true } } as const;

const FORMATS = ['json', 'html', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

export class PaperQuery {
  @ApiPropertyOptional({
    description:
      'As of this time: a day means its end, UTC. Of a past time the same bytes are made again. Now unless given.',
    example: '2026-11-24',
  })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  readonly at?: string;

  @ApiPropertyOptional({ enum: FORMATS, description: 'Instead of the `Accept` header.' })
  @IsOptional()
  @IsIn(FORMATS)
  readonly format?: Format;
}

class PaperDto {
  @ApiProperty({ example: 'parley-record/1' })
  readonly schema!: string;

  @ApiProperty({ format: 'date-time', description: 'The time that it speaks of.' })
  readonly at!: string;

  @ApiProperty({ ...party, description: 'Version, hash and start of the instructions in force; null: none.' })
  readonly instructions!: object | null;

  @ApiProperty({ ...party, description: 'Who operates the gateway.' })
  readonly processor!: object | null;
}

export class RecordDto extends PaperDto {
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

export class AnnexesDto extends PaperDto {
  @ApiProperty({ ...party, description: 'Parties and contacts.' })
  readonly annexI!: object;

  @ApiProperty({ ...party, description: 'The processing; null: no instructions are in force.' })
  readonly annexII!: object | null;

  @ApiProperty({ ...party, description: 'Technical and organisational measures.' })
  readonly annexIII!: object;

  @ApiProperty({ ...party, description: 'Sub-processors.' })
  readonly annexIV!: object;
}

export class SubProcessorsDto extends PaperDto {
  @ApiProperty({ ...list, description: 'With task, place, transfer and date of contract.' })
  readonly subProcessors!: readonly object[];

  @ApiProperty({ ...list, description: 'On the way of the data, chosen by the controller.' })
  readonly platforms!: readonly object[];
}
