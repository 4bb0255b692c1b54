// The one door to rows: domain verbs under row-level security. There is no other way.
import { accountVerbs } from './accounts.js';
import { ageVerbs } from './ages.js';
import { applicationVerbs } from './application.js';
import { attachmentVerbs } from './attachments.js';
import { changeVerbs } from './changes.js';
import { closedRequestVerbs } from './closed-requests.js';
import { connectionHealthVerbs } from './connection-health.js';
import { consentEndingVerbs } from './consent-endings.js';
import { consentLapseVerbs } from './consent-lapses.js';
import { copyVerbs } from './copies.js';
import { correctionVerbs } from './corrections.js';
import { consentVerbs } from './consents.js';
import { deadLetterVerbs } from './dead-letters.js';
import { destroyedKeyVerbs } from './destroyed-keys.js';
import { disclosureVerbs } from './disclosures.js';
import { erasureVerbs } from './erasure.js';
import { erasureProgressVerbs } from './erasure-progress.js';
import { heldBackVerbs } from './held-back.js';
import { partVerbs } from './parts.js';
import { floorVerbs } from './floor.js';
import { identityCodeVerbs } from './identity-codes.js';
import { incidentVerbs } from './incidents.js';
import { identifierRetentionVerbs } from './identifier-retention.js';
import { ingestVerbs } from './ingest.js';
import { journalVerbs } from './journal.js';
import { ledgerVerbs } from './ledger.js';
import { leftoverVerbs } from './leftovers.js';
import { locateVerbs } from './locate.js';
import { mentionVerbs } from './mentions.js';
import { noticeVerbs } from './notices.js';
import { offboardingVerbs } from './offboarding.js';
import { objectionVerbs } from './objections.js';
import { personVerbs } from './persons.js';
import { openDsrVerbs } from './opendsr.js';
import { openDb } from './pool.js';
import { profileVerbs } from './profiles.js';
import { readinessVerbs } from './readiness.js';
import { readingVerbs } from './readings.js';
import { registryVerbs } from './registry.js';
import { recipientObjectionVerbs } from './recipient-objections.js';
import { requestTellingVerbs } from './request-telling.js';
import { requestVerbs } from './requests.js';
import { liftingVerbs } from './lifting.js';
import { dueTimesVerbs } from './due-times.js';
import { retentionVerbs } from './retention.js';
import { samePersonVerbs } from './same-person.js';
import { sendingVerbs } from './sendings.js';
import { specialVerbs } from './special.js';
import { fleetingVerbs } from './fleeting.js';
import { staleTokenVerbs } from './stale-tokens.js';
import { statementVerbs } from './statements.js';
import { statisticVerbs } from './statistics.js';
import { subjectVerbs } from './subjects.js';
import { turnVerbs } from './turns.js';

export interface StoreOptions {
  readonly databaseUrl: string;
  readonly masterKey: Buffer;
  readonly poolSize: number;
  readonly onError: (error: Error) => void;
}

export function openStore(options: StoreOptions) {
  const db = openDb(options.databaseUrl, { size: options.poolSize, onError: options.onError });
  return {
    ...registryVerbs(db, options.masterKey),
    ...locateVerbs(db),
    ...connectionHealthVerbs(db),
    ...accountVerbs(db),
    ...statementVerbs(db),
    ...staleTokenVerbs(db),
    ...fleetingVerbs(db),
    ...subjectVerbs(db),
    ...samePersonVerbs(db),
    ...ingestVerbs(db),
    ...applicationVerbs(db),
    ...attachmentVerbs(db),
    ...turnVerbs(db),
    ...sendingVerbs(db),
    ...changeVerbs(db),
    ...profileVerbs(db),
    ...consentVerbs(db),
    ...consentEndingVerbs(db),
    ...consentLapseVerbs(db),
    ...specialVerbs(db),
    ...ageVerbs(db),
    ...readingVerbs(db),
    ...recipientObjectionVerbs(db),
    ...requestVerbs(db),
    ...liftingVerbs(db),
    ...closedRequestVerbs(db),
    ...requestTellingVerbs(db),
    ...copyVerbs(db),
    ...correctionVerbs(db),
    ...floorVerbs(db),
    ...identityCodeVerbs(db),
    ...objectionVerbs(db),
    ...personVerbs(db),
    ...disclosureVerbs(db),
    ...noticeVerbs(db),
    ...mentionVerbs(db),
    ...openDsrVerbs(db),
    ...erasureVerbs(db),
    ...erasureProgressVerbs(db),
    ...deadLetterVerbs(db),
    ...destroyedKeyVerbs(db),
    ...heldBackVerbs(db),
    ...partVerbs(db),
    ...journalVerbs(db),
    ...retentionVerbs(db),
    ...dueTimesVerbs(db),
    ...identifierRetentionVerbs(db),
    ...statisticVerbs(db),
    ...incidentVerbs(db),
    ...offboardingVerbs(db),
    ...leftoverVerbs(db),
    ...ledgerVerbs(db),
    listen: db.listen,
    notify: db.notify,
    ...readinessVerbs(db),
    close: db.close,
  };
}

export type Store = ReturnType<typeof openStore>;
