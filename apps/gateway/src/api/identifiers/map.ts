// The identifier map: the registries of the channels, the instructions in force and the observations, side by side.
import { NOT_LISTED, type CompiledInstructions, type Facts } from '#libs/instructions';
import type { IdentifierKind } from '#libs/kernel';
import type { ObservationCount } from '#libs/store';
import type { IdentifierDto } from './identifiers.dto.js';

export interface MapInput {
  /** Channels on which the tenant has a connection. */
  readonly connected: ReadonlySet<string>;
  readonly facts: Facts;
  readonly instructions: CompiledInstructions | null;
  readonly observed: readonly ObservationCount[];
}

const NO_INSTRUCTIONS = { do: 'drop', clause: 'default:no-instructions' } as const;
const NO_CHANNEL = { do: 'drop', clause: 'default:channel-not-enabled' } as const;

function rulingOn(instructions: CompiledInstructions | null, channel: string, kind: string) {
  if (!instructions) return NO_INSTRUCTIONS;
  const clause = instructions.channels[channel];
  return clause?.enabled ? (clause.identifiers[kind] ?? NOT_LISTED) : NO_CHANNEL;
}

function sightings(rows: readonly ObservationCount[]) {
  const times = (at: (row: ObservationCount) => Date): number[] => rows.map((row) => at(row).getTime());
  const iso = (ms: number): string => new Date(ms).toISOString();
  return {
    seen: rows.reduce((sum, row) => sum + Number(row.count), 0),
    firstSeen: rows.length > 0 ? iso(Math.min(...times((row) => row.first_seen))) : null,
    lastSeen: rows.length > 0 ? iso(Math.max(...times((row) => row.last_seen))) : null,
    applied: [...new Set(rows.map((row) => row.action))].sort(),
  };
}

function rowOf(channel: string, key: string, input: MapInput): IdentifierDto {
  const kind: IdentifierKind | undefined = input.facts.channels[channel]?.find((one) => one.key === key);
  const rows = input.observed.filter((row) => row.channel === channel && row.kind === key);
  const ruling = rulingOn(input.instructions, channel, key);
  const paths = [...new Set(rows.map((row) => row.path))].sort();
  return {
    channel,
    kind: key,
    declared: kind !== undefined,
    phases: kind?.phases ?? [],
    dpv: kind?.dpv ?? [],
    scope: kind?.scope ?? null,
    role: kind?.role ?? null,
    category: kind?.category ?? null,
    sensitivity: kind?.sensitivity ?? null,
    of: kind?.of ?? null,
    hiddenIn: kind?.hiddenIn ?? [],
    instructed: ruling.do,
    clause: ruling.clause,
    ...sightings(rows),
    paths: paths.length > 0 ? paths : (kind?.paths ?? []),
  };
}

/** Every kind that a connected channel may expose, whether seen or not, and whatever else was seen. */
export function identifierMap(input: MapInput): IdentifierDto[] {
  const keys = new Map<string, Set<string>>();
  const add = (channel: string, key: string): unknown => keys.set(channel, (keys.get(channel) ?? new Set()).add(key));
  for (const channel of [...input.connected].sort())
    for (const { key } of input.facts.channels[channel] ?? []) add(channel, key);
  for (const row of input.observed) add(row.channel, row.kind);
  return [...keys].flatMap(([channel, kinds]) => [...kinds].map((key) => rowOf(channel, key, input)));
}
