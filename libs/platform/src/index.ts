// Configuration, logging, the database, queues, the one egress client, health and metrics: what the rest stands on.
export { ConfigError, loadConfig, urlOf, type Config } from './config/config.js';
export { ROLES, VARIABLES, type Role } from './config/variables.js';
export { hashToken, openDataDir, tokenFits, type DataDir } from './data-dir.js';
export { databaseUrl, startDatabase, type Database } from './database/database.js';
export type { EventCode, FieldName } from './logging/catalogue.js';
export { describeFailure } from './logging/failure.js';
export { code, type Code } from './logging/fields.js';
export { createLogger, type Logger } from './logging/logger.js';
export { StartRefused } from './start-refused.js';
export { openQueues, type Queues } from './queues/queues.js';
export type { Begin, Wake } from './queues/conversations.js';
export { isPublic } from './egress/addresses.js';
export { createEgress, type Egress, type Permit } from './egress/egress.js';
export { createHealth, type Health, type Readiness } from './health.js';
export { createMetrics, type Metrics } from './metrics.js';
export { markup, type Markup, type Part } from './pages/markup.js';
export { FORM_HEADERS, page, PAGE_HEADERS, table, terms } from './pages/page.js';
export { createRateLimiter, type Rate, type RateLimiter } from './rate-limiter.js';
