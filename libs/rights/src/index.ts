// Requests for rights, copies, erasure, notices to recipients, retention, end of contract.
export { certificateOf } from './acts/certificate.js';
export { type PersonCopy } from './acts/copy.js';
export { COPY_SCHEMA } from './acts/copy-schema.js';
export { createEvidence, type Evidence } from './evidence/pack.js';
export { createExport } from './ending/export.js';
export { createExportFiles, type ExportFiles, type Kept } from './ending/export-files.js';
export { createOffboarding, type EndContract } from './ending/offboarding.js';
export { copyPage } from './pages/copy-page.js';
export { languageOf } from './pages/language.js';
export { statusPage } from './pages/status-page.js';
export { elapsedPercent } from './requests/clock.js';
export { JUSTIFICATIONS, type Asked } from './requests/requests.js';
export { REQUEST_STATES } from './requests/states.js';
export { createRights, type Rights } from './rights.js';
export { privacyPage, type PrivacyPageInput } from './pages/privacy-page.js';
