// What is counted: a closed list of names and labels, without persons, tenants or anything that grows with them.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { code } from './logging/fields.js';
import { answerWithin } from './patience.js';

interface Described {
  readonly help: string;
  readonly labels: readonly string[];
}

export const COUNTERS = {
  parley_inbound_events_total: {
    help: 'Events that channels delivered, by what became of them.',
    labels: ['channel', 'outcome'],
  },
  parley_webhooks_refused_total: { help: 'Webhooks that were not taken in, by HTTP status.', labels: ['status'] },
  parley_outbound_messages_total: {
    help: 'Messages to people, by what became of them.',
    labels: ['channel', 'outcome'],
  },
  parley_recipient_calls_total: {
    help: 'Turns given to recipients, by what became of them.',
    labels: ['kind', 'outcome'],
  },
  parley_look_ups_total: {
    help: 'Persons about whom a platform was asked, by what it answered.',
    labels: ['channel', 'outcome'],
  },
  parley_egress_calls_total: { help: 'Calls that went out, by what came back.', labels: ['outcome'] },
  parley_dead_letters_total: { help: 'Messages that were given up.', labels: ['stage'] },
  parley_rounds_failed_total: {
    help: 'What a round of work for all tenants could not do for one of them; it is tried again in the next.',
    labels: ['round'],
  },
} as const satisfies Record<string, Described>;

export const HISTOGRAMS = {
  parley_commit_seconds: { help: 'From a webhook to its commit.', labels: [] },
  parley_turn_seconds: { help: 'Work on one conversation, from wake to rest.', labels: [] },
  parley_egress_seconds: { help: 'Calls that went out.', labels: ['outcome'] },
  parley_retention_late_seconds: { help: 'How late the oldest of what retention erased went.', labels: ['category'] },
} as const satisfies Record<string, Described>;

export const GAUGES = {
  parley_queue_jobs: { help: 'Jobs that wait, run or are for later.', labels: [] },
  parley_retention_unreadable_rules: {
    help: 'Rules of retention whose period cannot be read: nothing goes by them.',
    labels: [],
  },
  parley_retention_overdue: {
    help: 'Conversations with something that ought to be gone; looked for each hour.',
    labels: [],
  },
} as const satisfies Record<string, Described>;

type LabelsOf<D extends Described> = Readonly<Record<D['labels'][number], string | number>>;
type Labels = Readonly<Record<string, string | number>>;
type CounterName = keyof typeof COUNTERS;
type HistogramName = keyof typeof HISTOGRAMS;

export interface Metrics {
  count<N extends CounterName>(name: N, labels: LabelsOf<(typeof COUNTERS)[N]>, by?: number): void;
  observe<N extends HistogramName>(name: N, labels: LabelsOf<(typeof HISTOGRAMS)[N]>, seconds: number): void;
  /** Asked for its value whenever metrics are read; a failure leaves the last one. */
  gauge(name: keyof typeof GAUGES, ask: () => Promise<number>): void;
  /** In the text format of Prometheus. */
  text(): Promise<string>;
}

const BUCKETS_IN_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const PATIENCE_MS = 1_000;
/** A label that has had so many values is fed with something that grows: further ones are counted as `other`. */
const MOST_VALUES = 50;
const MOST_TIMES = 1_000;

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const labelled = ({ labels }: Described): { labelNames: string[] } => ({ labelNames: [...labels] });
  const counters = make(
    COUNTERS,
    (name, described) => new Counter({ name, help: described.help, ...labelled(described), registers }),
  );
  const histograms = make(
    HISTOGRAMS,
    (name, described) =>
      new Histogram({ name, help: described.help, ...labelled(described), buckets: BUCKETS_IN_SECONDS, registers }),
  );
  const seen = new Map<string, Set<string>>();

  function bounded(name: string, labels: Labels): Record<string, string> {
    const checked: Record<string, string> = {};
    for (const [label, value] of Object.entries(labels)) {
      const values = seen.get(`${name} ${label}`) ?? new Set();
      seen.set(`${name} ${label}`, values);
      const word: string = code(String(value));
      if (values.size < MOST_VALUES) values.add(word);
      checked[label] = values.has(word) ? word : 'other';
    }
    return checked;
  }

  /** Counted on the way of every message, so it is only added up here, and told to the registry when that is read. */
  const counted = new Map<string, { readonly name: CounterName; readonly labels: Labels; by: number }>();
  function count(name: CounterName, labels: Labels, by: number): void {
    let key: string = name;
    for (const label in labels) key += `|${labels[label]}`;
    const before = counted.get(key);
    if (before) before.by += by;
    else counted.set(key, { name, labels: bounded(name, labels), by });
    if (counted.size > MOST_VALUES) tell();
  }

  /** The same of times. */
  let timed: { readonly name: HistogramName; readonly labels: Labels; readonly seconds: number }[] = [];
  function observe(name: HistogramName, labels: Labels, seconds: number): void {
    if (timed.push({ name, labels, seconds }) >= MOST_TIMES) tell();
  }

  function tell(): void {
    for (const { name, labels, by } of counted.values()) counters[name].inc(labels, by);
    counted.clear();
    for (const { name, labels, seconds } of timed) histograms[name].observe(bounded(name, labels), seconds);
    timed = [];
  }

  return {
    count: (name, labels, by = 1) => count(name, labels, by),
    observe: (name, labels, seconds) => observe(name, labels, seconds),
    gauge(name, ask) {
      const gauge = new Gauge({
        name,
        help: GAUGES[name].help,
        registers: [],
        async collect() {
          const read = await answerWithin(PATIENCE_MS, ask);
          if (read) this.set(read.value);
        },
      });
      registry.registerMetric(gauge);
    },
    text() {
      tell();
      return registry.metrics();
    },
  };
}

function make<N extends string, M>(
  list: Readonly<Record<N, Described>>,
  one: (name: N, described: Described) => M,
): Readonly<Record<N, M>> {
  const names = Object.keys(list) as N[];
  return Object.fromEntries(names.map((name) => [name, one(name, list[name])])) as Record<N, M>;
}
