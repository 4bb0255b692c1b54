// A log line for people at a terminal: time, level, event, then name=value.

/** @param line one JSON line of the logger. */
export function asText(line: string): string {
  const { level, time, event, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const rest = Object.entries(fields).map(
    ([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${String(event)}${rest.join('')}\n`;
}
