// A contract that ended, as the API answers it.
import { ApiProperty } from '@nestjs/swagger';

export class EndedContractDto {
  @ApiProperty({ description: 'The slug that it had; another tenant may have it now.' })
  readonly tenant!: string;

  @ApiProperty({ format: 'date-time' })
  readonly endedAt!: string;

  @ApiProperty({ description: 'C2SP signed note with the certificate as JSON.' })
  readonly certificate!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The last checkpoint of the ledger.' })
  readonly checkpoint!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'C2SP verifier key of both.' })
  readonly key!: string | null;
}

export class WaitingExportDto {
  @ApiProperty({ description: 'The slug that it had.' })
  readonly tenant!: string;

  @ApiProperty({ description: 'Give it to the controller: a page with a button, or `POST` for the archive itself.' })
  readonly exportUrl!: string;

  @ApiProperty({ description: 'Of the archive, hex.' })
  readonly sha256!: string;

  @ApiProperty()
  readonly bytes!: number;

  @ApiProperty({ format: 'date-time', description: 'Then it is gone.' })
  readonly until!: string;
}
