// The management API as one Nest module, and what the application needs beside it: body parsers and the description.
import { Module, type DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessGuard, recogniseEarly } from './access.js';
import { AgesController } from './ages/ages.controller.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { ChannelsController } from './channels/channels.controller.js';
import { ConnectionsController } from './connections/connections.controller.js';
import { ConsentsController } from './consents/consents.controller.js';
import { ConversationsController } from './conversations/conversations.controller.js';
import { RepliesController } from './conversations/replies.controller.js';
import { DeadLettersController } from './dead-letters/dead-letters.controller.js';
import { API, type ApiDeps } from './deps.js';
import { mountDocs } from './docs.js';
import { EndedContractsController } from './ended-contracts/ended-contracts.controller.js';
import { EvidenceController } from './evidence/evidence.controller.js';
import { IdentifiersController } from './identifiers/identifiers.controller.js';
import { ApprovalsController } from './instructions/approvals.controller.js';
import { IncidentRegisterController } from './incidents/register.controller.js';
import { sendHeaders } from './headers.js';
import { IncidentsController } from './incidents/incidents.controller.js';
import { InstructionsController } from './instructions/instructions.controller.js';
import { LedgerController } from './ledger/ledger.controller.js';
import { registerParsers } from './parsers.js';
import { OpenDsrController } from './opendsr/opendsr.controller.js';
import { RecordController } from './record/record.controller.js';
import { DisclosuresController } from './recipients/disclosures.controller.js';
import { RecipientsController } from './recipients/recipients.controller.js';
import { RequestsController } from './requests/requests.controller.js';
import { RightsWebhookController } from './requests/webhook.controller.js';
import { RefusalFilter } from './refusals.js';
import { RetentionController } from './retention/retention.controller.js';
import { StatisticsController } from './statistics/statistics.controller.js';
import { TenantsController } from './tenants/tenants.controller.js';

/** Without being registered it has no routes: a process without the role `api`. */
@Module({})
export class ApiModule {
  static register(deps: ApiDeps): DynamicModule {
    return {
      module: ApiModule,
      controllers: [
        TenantsController,
        EndedContractsController,
        InstructionsController,
        ApprovalsController,
        ConnectionsController,
        ChannelsController,
        IdentifiersController,
        ConsentsController,
        AgesController,
        ConversationsController,
        ...(deps.queueReply ? [RepliesController] : []),
        DeadLettersController,
        RecipientsController,
        DisclosuresController,
        RequestsController,
        RightsWebhookController,
        OpenDsrController,
        RetentionController,
        StatisticsController,
        IncidentsController,
        IncidentRegisterController,
        LedgerController,
        RecordController,
        EvidenceController,
        ApiKeysController,
      ],
      providers: [{ provide: API, useValue: deps }, AccessGuard],
    };
  }
}

/** Before the application listens. */
export function mountApi(app: NestFastifyApplication, { log }: Pick<ApiDeps, 'log'>): void {
  // Application-wide: unknown routes and unreadable bodies are refused before any controller is found.
  app.useGlobalFilters(new RefusalFilter(log));
  registerParsers(app);
  sendHeaders(app);
  recogniseEarly(app);
  mountDocs(app);
}
