// Metrics: closed names, bounded labels, no personal data.
import { globSync, readFileSync } from 'node:fs';
import { createMetrics } from '#libs/platform';
import { COUNTERS, GAUGES, HISTOGRAMS } from '../src/metrics.js';

it('counts under closed names and labels', async () => {
  const metrics = createMetrics();
  metrics.count('parley_inbound_events_total', { channel: 'web', outcome: 'accepted' });
  metrics.count('parley_inbound_events_total', { channel: 'web', outcome: 'accepted' }, 4);
  metrics.observe('parley_turn_seconds', {}, 0.02);
  metrics.gauge('parley_queue_jobs', async () => 7);
  const text = await metrics.text();
  expect(text).toContain('parley_inbound_events_total{channel="web",outcome="accepted"} 5');
  expect(text).toContain('parley_turn_seconds_bucket{le="0.025"} 1');
  expect(text).toContain('parley_queue_jobs 7');
  expect(text).toContain('process_resident_memory_bytes');
});

it('does not grow with what it is fed, and lets no person in', async () => {
  const metrics = createMetrics();
  for (let n = 0; n < 500; n++) metrics.count('parley_dead_letters_total', { stage: `stage-${n}` });
  metrics.count('parley_dead_letters_total', { stage: 'Quentin Canary' });
  metrics.count('parley_dead_letters_total', { stage: '4915550000001' });
  const lines = (await metrics.text()).split('\n').filter((line) => line.startsWith('parley_dead_letters_total{'));
  expect(lines.length).toBeLessThanOrEqual(52);
  expect(lines).toContain('parley_dead_letters_total{stage="other"} 452');
  expect(lines.join()).not.toMatch(/quentin|4915550000001/i);
});

it('answers although a gauge cannot be read', async () => {
  const metrics = createMetrics();
  metrics.gauge('parley_queue_jobs', () => Promise.reject(new Error('away')));
  expect(await metrics.text()).toContain('# TYPE parley_queue_jobs gauge');
  const stuck = createMetrics();
  stuck.gauge('parley_queue_jobs', () => new Promise(() => undefined));
  expect(await stuck.text()).toContain('# TYPE parley_queue_jobs gauge');
});

const SOURCES = globSync('{libs,apps}/*/src/**/*.ts').map((file) => readFileSync(file, 'utf8'));

it.each([
  ...Object.keys(COUNTERS).map((name) => [name, 'count']),
  ...Object.keys(HISTOGRAMS).map((name) => [name, 'observe']),
  ...Object.keys(GAUGES).map((name) => [name, 'gauge']),
])('%s is fed by something', (name, by) => {
  expect(SOURCES.filter((source) => source.includes(`metrics.${by}('${name}'`))).not.toEqual([]);
});
