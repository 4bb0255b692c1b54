// The ordered stages and nothing else: intake (while the platform waits) and process (one conversation at a time).
export { openBody, type InboundBody, type Whose } from './body.js';
export { createAtOnce } from './at-once.js';
export { createBulkhead } from './bulkhead.js';
export { createCommitter, type Committer } from './committer.js';
export { createContacts } from './contacts.js';
export { createDeliver } from './deliver.js';
export { lookupHashes, type NamedPerson } from './identity.js';
export { createIntake, type Intake } from './intake.js';
export { createLater } from './later.js';
export { createMedia, digestFits, openAttachment, stripMetadata } from './media.js';
export { createProcess } from './process.js';
export type { RightAsked } from './gate.js';
export { createRoute, permitOf } from './route.js';
export { CHANGES, openTenants, type OpenConnection, type Tenant, type Tenants } from './tenants.js';
export { newMessageId, type TurnInHand } from './turn.js';
