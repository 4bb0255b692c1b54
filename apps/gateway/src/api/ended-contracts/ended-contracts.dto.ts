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
