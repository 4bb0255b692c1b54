// The certificate of a controller's own system, as the API takes and answers it.
import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches, MaxLength } from 'class-validator';

const PEM = /^-----BEGIN CERTIFICATE-----\r?\n[A-Za-z0-9+/=\r\n]+-----END CERTIFICATE-----\s*$/;

export class OpenDsrCertificateDto {
  @ApiProperty({ description: 'X.509 in PEM: what your system signs its OpenDSR requests with.' })
  @IsString()
  @MaxLength(16_384)
  @Matches(PEM)
  readonly certificate!: string;
}

export class OpenDsrDto {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'SHA-256; null: the API key is enough, nothing is signed.',
  })
  readonly fingerprint!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'From then on requests are refused.' })
  readonly validUntil!: string | null;
}
