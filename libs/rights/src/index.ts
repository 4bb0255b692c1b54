// Requests for rights, copies, erasure, notices to recipients, retention, end of contract.
export { certificateOf, type BackupLife } from './acts/certificate.js';
export { type PersonCopy } from './acts/copy.js';
export { COPY_SCHEMA } from './acts/copy-schema.js';
export { createReceipts, receiptUrl, type Receipts, type SignedReceipt } from './consent/receipts.js';
export type { ConsentReceipt } from './consent/record.js';
export { RECEIPT_SCHEMA } from './consent/schema.js';
export { receiptPage } from './pages/receipt-page.js';
export { createEvidence, type Evidence } from './evidence/pack.js';
export { createExport } from './ending/export.js';
export { createExportFiles, type ExportFiles, type Kept } from './ending/export-files.js';
export { createOffboarding, type EndContract } from './ending/offboarding.js';
export { journalFile, journalPath, readJournal, type JournalFile } from './journal/file.js';
export { BEAT_MS, createJournal, type Journal } from './journal/journal.js';
export { createRecovery } from './journal/recovery.js';
export {
  certificateFacts,
  createSigner,
  isSignedBy,
  mistakeIn,
  SIGNATURE_HEADER,
  type OpenDsrSigner,
} from './opendsr/signer.js';
export { API_VERSION, resultUrl, statusBody } from './opendsr/status.js';
export { copyPage } from './pages/copy-page.js';
export { exportPage } from './pages/export-page.js';
export { COMPONENT, SUSPICIONS } from './incidents/components.js';
export { createIncidents, type Draft, type Incidents } from './incidents/incidents.js';
export { PHASES, type Phase } from './incidents/notice.js';
export { LANGUAGES, languageOf } from './pages/language.js';
export { statusPage, type Status } from './pages/status-page.js';
export { withAddresses } from './requests/addressed.js';
export { elapsedPercent } from './requests/clock.js';
export { JUSTIFICATIONS } from './requests/justifications.js';
export type { Asked } from './requests/requests.js';
export { REQUEST_STATES } from './requests/states.js';
export { isToldInChat, NEEDS, RIGHTS_WEBHOOK } from './requests/telling.js';
export { createDestroyedKeys, KEY_GONE_WITHIN_MS } from './retention/destroyed-keys.js';
export { keptByHolds } from './retention/holds.js';
export type { Ruling } from './retention/due.js';
export { rulingNow } from './retention/due-times.js';
export { categoriesAfterEnd, cutoffOf } from './retention/rules.js';
export { createRights, type Rights } from './rights.js';
export { missingPage } from './pages/missing-page.js';
export { privacyPage, type PrivacyPageInput } from './pages/privacy-page.js';
