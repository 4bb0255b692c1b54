// Who is shown the figures: the operator, and whoever is on this machine and asks without a proxy between.
import { fastify } from 'fastify';
import { createHealth, createMetrics } from '#libs/platform';
import { healthRoutes, type HealthDeps } from '../src/health.js';

type Setup = Pick<HealthDeps, 'publicUrl' | 'trustedProxies'>;

const HERE: Setup = { publicUrl: 'http://127.0.0.1:3000', trustedProxies: [] };
const PUBLIC: Setup = { publicUrl: 'https://parley.example', trustedProxies: [] };
const BEHIND: Setup = { publicUrl: 'https://parley.example', trustedProxies: ['127.0.0.1'] };

async function asked(setup: Setup, remoteAddress: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const { trustedProxies } = setup;
  const app = fastify({ trustProxy: trustedProxies.length > 0 && [...trustedProxies] });
  const isOperator = (token: string): boolean => token === 'operator';
  await app.register(healthRoutes({ ...setup, health: createHealth({}), metrics: createMetrics(), isOperator }));
  const { statusCode } = await app.inject({ url: '/metrics', remoteAddress, headers });
  await app.close();
  return statusCode;
}

const operator = { authorization: 'Bearer operator' };

test.each<[string, Setup, string, Readonly<Record<string, string>>, number]>([
  ['this machine', HERE, '127.0.0.1', {}, 200],
  ['this machine, by IPv6', HERE, '::1', {}, 200],
  ['this machine, on a socket of both', HERE, '::ffff:127.0.0.1', {}, 200],
  ['another machine', HERE, '203.0.113.7', {}, 404],
  ['another machine that says it is this one', HERE, '203.0.113.7', { 'x-forwarded-for': '127.0.0.1' }, 404],
  ['somebody by a proxy here', HERE, '127.0.0.1', { 'x-forwarded-for': '203.0.113.7' }, 404],
  ['somebody by a proxy here who says that they are here', HERE, '127.0.0.1', { 'x-forwarded-for': '127.0.0.1' }, 404],
  ['somebody by a proxy of another kind', HERE, '127.0.0.1', { forwarded: 'for=203.0.113.7' }, 404],
  ['somebody by a proxy that tells an address only', HERE, '127.0.0.1', { 'x-real-ip': '203.0.113.7' }, 404],
  ['somebody by a proxy that tells its own name', HERE, '127.0.0.1', { via: '1.1 proxy' }, 404],
  ['somebody by a proxy that says nothing, where there must be one', PUBLIC, '127.0.0.1', {}, 404],
  ['somebody by a proxy that is trusted', BEHIND, '127.0.0.1', { 'x-forwarded-for': '203.0.113.7' }, 404],
  ['somebody who tells a proxy that is trusted an address', BEHIND, '127.0.0.1', { 'x-forwarded-for': '127.0.0.1' }, 404],
  ['this machine, past a proxy that is trusted', BEHIND, '127.0.0.1', {}, 200],
  ['the operator, from anywhere', PUBLIC, '203.0.113.7', operator, 200],
  ['the operator, by a proxy', PUBLIC, '127.0.0.1', { ...operator, 'x-forwarded-for': '203.0.113.7' }, 200],
  ['whoever has another token', PUBLIC, '203.0.113.7', { authorization: 'Bearer another' }, 404],
])('%s', async (_name, setup, address, headers, status) => {
  expect(await asked(setup, address, headers)).toBe(status);
}); // prettier-ignore
