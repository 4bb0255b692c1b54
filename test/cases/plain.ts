// Events as they are compared in tests: revealed in full for our own cases, without any value for examples of the platforms.
import { Personal, reveal, type ChannelEvent, type ExposedIdentifier, type ParseResult } from '#libs/kernel';

/** The time at which every case arrives, a minute after it was made: 2026-09-01T12:01:00Z. */
export const NOW = Date.UTC(2026, 8, 1, 12, 1);

/** One identifier on one line, so that a reviewer sees key, path and value together. */
const exposed = ({ key, path, value }: ExposedIdentifier): string => `${key} @ ${path} = ${reveal(value)}`;

const isExposed = (value: object): value is ExposedIdentifier => 'key' in value && 'path' in value && 'value' in value;

/** Personal data revealed, everything else as it is. */
export function plain(value: unknown): unknown {
  if (value instanceof Personal) return plain(reveal(value));
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if (isExposed(value) && value.value instanceof Personal) return exposed(value);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

export function plainResult({ events, undeclared }: ParseResult): unknown {
  return json({
    events: events.map((event) => ({ ...(plain(event) as object), at: new Date(event.at).toISOString() })),
    undeclared: undeclared.toSorted(),
  });
}

/** What an event is, without a value of it: type, way, identifiers by key and path, state. */
export function summary(event: ChannelEvent): unknown {
  const { body } = event;
  return json({
    type: body.type,
    via: event.via,
    own: event.own,
    contentType: 'contentType' in body ? body.contentType : undefined,
    status: 'status' in body ? body.status : undefined,
    field: body.type === 'account' ? `${body.field}: ${body.severity}` : undefined,
    errors: 'errors' in body ? body.errors?.map((error) => error.code) : undefined,
    replies: body.type === 'message' && body.replyTo !== undefined ? true : undefined,
    removed: body.type === 'reaction' && body.emoji === null ? true : undefined,
    previous: body.type === 'identity-change' ? body.previous.map((one) => one.key) : undefined,
    current: body.type === 'identity-change' ? body.current.map((one) => one.key) : undefined,
    value: body.type === 'preference' ? body.value : undefined,
    action: body.type === 'handover' ? body.action : undefined,
    path: body.type === 'unknown' ? body.path : undefined,
    named: event.messageId !== null,
    identifiers: event.identifiers.map(({ key, path }) => `${key} @ ${path}`),
  });
}

export const summaryResult = ({ events, undeclared }: ParseResult): unknown => ({
  events: events.map(summary),
  undeclared: undeclared.toSorted(),
});

/** As it would be read back from a file: without undefined members. */
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
