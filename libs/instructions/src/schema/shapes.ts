// The small shapes of which the schema is made.
import { CATEGORIES, IDENTIFIER_ACTIONS } from '#libs/kernel';

export type Shape = Readonly<Record<string, unknown>>;

/** Keys and references: `support`, `first-notice`. */
export const id = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,63}$' } as const;
export const text = { type: 'string', minLength: 1, maxLength: 4000 } as const;
export const line = { type: 'string', minLength: 1, maxLength: 300 } as const;
export const country = { type: 'string', pattern: '^[A-Z]{2}$', description: 'ISO 3166-1, two letters.' } as const;
/** BCP 47, as far as messengers use it. */
export const language = { type: 'string', pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' } as const;
export const date = { type: 'string', format: 'date' } as const;
/** No leap second, and no zone of hours alone: the format takes them, but they are no time that can be compared. */
const time = { format: 'date-time', pattern: '^.{16}:[0-5][0-9](\\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$' } as const;
/** A day, or an instant with its time zone. */
export const instant = { type: 'string', anyOf: [{ format: 'date' }, time] } as const;
export const period = {
  type: 'string',
  maxLength: 40,
  pattern: '^P(?=[0-9T])([0-9]{1,4}Y)?([0-9]{1,4}M)?([0-9]{1,4}W)?([0-9]{1,5}D)?(T(?=[0-9])([0-9]{1,5}H)?([0-9]{1,6}M)?([0-9]{1,7}S)?)?$',
  description: 'ISO 8601 duration: P30D, PT15M, P1Y.',
} as const; // prettier-ignore
export const url = { type: 'string', format: 'uri', pattern: '^https?://', maxLength: 2000 } as const;
export const category = { type: 'string', enum: CATEGORIES } as const;
export const action = { type: 'string', enum: IDENTIFIER_ACTIONS } as const;
export const identifierKey = { type: 'string', pattern: '^[a-z][a-z0-9_]{0,63}$' } as const;

export const listOf = (items: Shape): Shape => ({ type: 'array', items, maxItems: 200, uniqueItems: true });

export const mapOf = (value: Shape, keys: Shape = id): Shape => ({
  type: 'object',
  propertyNames: keys,
  additionalProperties: value,
  maxProperties: 500,
});

/** An object that has these members and no others. */
export const closed = (properties: Readonly<Record<string, Shape>>, required: readonly string[] = []): Shape => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

export const about = (description: string, shape: Shape): Shape => ({ ...shape, description });
