// What a controller is told of a request, and where.
import { ApiProperty } from '@nestjs/swagger';
import { RIGHTS } from '#libs/instructions';
import { NEEDS, REQUEST_STATES } from '#libs/rights';
import { StateSinceDto } from './requests.dto.js';

export class RightsWebhookDto {
  @ApiProperty({ type: String, nullable: true, description: '`rights.webhook` of the instructions in force.' })
  readonly url!: string | null;
}

export class RightsRequestNewsDto {
  @ApiProperty({ enum: ['rights-request'] })
  readonly event!: string;

  @ApiProperty({ description: 'Slug of the tenant.' })
  readonly tenant!: string;

  @ApiProperty({ format: 'uuid' })
  readonly request!: string;

  @ApiProperty({ description: 'Grows with each change, not by one: of two, the higher one is what is true now.' })
  readonly revision!: number;

  @ApiProperty({ enum: RIGHTS })
  readonly right!: string;

  @ApiProperty({ enum: ['api', 'chat', 'platform', 'opendsr', 'journal'] })
  readonly source!: string;

  @ApiProperty({ enum: REQUEST_STATES })
  readonly state!: string;

  @ApiProperty({ enum: NEEDS, nullable: true, description: 'What the request waits for from you; null: for nothing.' })
  readonly needs!: string | null;

  @ApiProperty({ description: 'Is the person told in the chat? Else you tell them.' })
  readonly toldInChat!: boolean;

  @ApiProperty({ format: 'date-time' })
  readonly receivedAt!: string;

  @ApiProperty({ format: 'date-time', description: 'Last moment of the answer (Art. 12(3)).' })
  readonly due!: string;

  @ApiProperty({ enum: [0, 50, 75, 90], description: 'The last alert: percent of the time that was over.' })
  readonly alerted!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly completedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Of a restriction or an objection.' })
  readonly liftedAt!: string | null;

  @ApiProperty({ type: [StateSinceDto], description: 'The states that it was in, oldest first.' })
  readonly history!: readonly StateSinceDto[];
}
