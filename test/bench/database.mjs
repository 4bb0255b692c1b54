// An embedded PostgreSQL of the very kind and settings that the gateway starts, for the bare limit.
import { createLogger, loadConfig, startDatabase } from '#libs/platform';

export async function startBareDatabase(dataDir) {
  const config = loadConfig({ PARLEY_DATA_DIR: dataDir, PARLEY_LOG_LEVEL: 'silent' });
  return await startDatabase(config, createLogger(config));
}
