// One round of comparison: the same load on the bare limit and on a gateway, one after the other.
import { bare, folder, gateway, load } from './processes.mjs';
import { startBareDatabase } from './database.mjs';

/** Payloads to make for a number of seconds: more than any machine takes, and none are made while the clock runs. */
const PLENTY_PER_SECOND = 25_000;

const jobs = (options) => {
  const common = { connections: options.connections, people: options.people };
  return {
    // Everybody has written once, so that a first contact (a new person, a new key) is not what is measured.
    warmUp: { ...common, seconds: 120, count: options.people + options.warmUpSeconds * 1500, all: true },
    measured: { ...common, seconds: options.ingestSeconds, count: options.ingestSeconds * PLENTY_PER_SECOND },
  };
};

/** Acknowledged per second. */
async function rateOf(target, options) {
  const { warmUp, measured } = jobs(options);
  await load({ ...warmUp, target });
  return (await load({ ...measured, target })).perSecond;
}

/** The bare limit on a database of its own, started afresh. */
export async function bareRate(options) {
  const at = await folder();
  const database = await startBareDatabase(at.path);
  const server = await bare(database.url);
  const rate = await rateOf(server.target, options);
  await server.stop();
  await database.stop();
  await at.remove();
  return rate;
}

/** A gateway that takes webhooks in, on a fresh data directory or on a given one, which stays. */
export async function gatewayRate(options, prepare, given) {
  const at = given ?? (await folder());
  // Nothing is delivered by these roles; should anything be, it goes nowhere.
  const env = { PARLEY_ROLES: 'ingress,api', META_GRAPH_URL: 'http://127.0.0.1:9' };
  const started = await gateway({ dataDir: at.path, env });
  const { target } = await prepare(started);
  const rate = await rateOf(target, options);
  await started.stop();
  if (!given) await at.remove();
  return { rate };
}
