// Requests for rights, copies, erasure, notices to recipients, retention, end of contract.
export { certificateOf, type BackupLife } from './acts/certificate.js';
export { type PersonCopy } from './acts/copy.js';
export { COPY_SCHEMA } from './acts/copy-schema.js';
export { journalFile, journalPath, readJournal, type JournalFile } from './journal/file.js';
export { createJournal, type Journal } from './journal/journal.js';
export { createOffboarding, type EndCertificate } from './offboarding.js';
export { copyPage } from './pages/copy-page.js';
export { PAGE_HEADERS } from './pages/html.js';
export { languageOf, statusPage } from './pages/status-page.js';
export { elapsedPercent } from './requests/clock.js';
export { JUSTIFICATIONS, type Asked } from './requests/requests.js';
export { REQUEST_STATES } from './requests/states.js';
export { createRights, type Rights } from './rights.js';
export { privacyPage, type PrivacyPageInput } from './pages/privacy-page.js';
