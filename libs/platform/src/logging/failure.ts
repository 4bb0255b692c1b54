// An error as it may be logged: class, code and stack frames. Messages and details are left out, for they quote input.

import { isNativeError } from 'node:util/types';

export interface Failure {
  readonly name: string;
  readonly code?: string;
  /** Of a database error: where, never what. */
  readonly constraint?: string;
  readonly table?: string;
  readonly at?: readonly string[];
  readonly cause?: Failure;
}

const NAME = /^[A-Za-z_$][\w$]{0,60}$/;
const CODE = /^[A-Za-z0-9_.-]{1,40}$/;
const IDENTIFIER = /^[a-z_][a-z0-9_]{0,62}$/;
const FRAME =
  /^ {4}at (?:async )?(?:(?:new )?[\w$.<>#[\] ]+ \()?((?:node:|file:\/\/|[A-Za-z]:[\\/]|\/)[^\s()]+:\d+:\d+)\)?$/;
const MOST_FRAMES = 8;
const DEEPEST_CAUSE = 3;
const LONGEST_CODE_DIGITS = /\d{8,}/;

export function describeFailure(error: unknown, depth = 0): Failure {
  if (!isNativeError(error)) return { name: 'NotAnError' };
  const { constraint, table } = error as { constraint?: unknown; table?: unknown };
  const { errors } = error as { errors?: unknown };
  const cause: unknown = error.cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  return {
    name: fitting(error.name, NAME) ?? fitting(error.constructor.name, NAME) ?? 'Error',
    ...optional('code', codeOf(error) ?? undefined),
    ...optional('constraint', fitting(constraint, IDENTIFIER)),
    ...optional('table', fitting(table, IDENTIFIER)),
    ...optional('at', framesOf(error)),
    ...(cause !== undefined && depth < DEEPEST_CAUSE ? { cause: describeFailure(cause, depth + 1) } : {}),
  };
}

/** The code of a system or database error, such as ENOENT or 23505; null when it has none. */
export function codeOf(error: unknown): string | null {
  const code: unknown = isNativeError(error) ? (error as { code?: unknown }).code : null;
  return fitting(typeof code === 'number' ? String(code) : code, CODE) ?? null;
}

const fitting = (value: unknown, pattern: RegExp): string | undefined =>
  typeof value === 'string' && pattern.test(value) && !LONGEST_CODE_DIGITS.test(value) ? value : undefined;

const optional = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });

/** Positions only. The head of a stack repeats the message, which may itself look like frames: it is cut off first. */
function framesOf(error: Error): readonly string[] | undefined {
  const stack = error.stack ?? '';
  const end = stack.indexOf(error.message);
  if (error.message !== '' && end < 0) return undefined;
  const lines = stack.slice(end + error.message.length).split('\n');
  const frames = lines.map((line) => FRAME.exec(line)?.[1]).filter((position) => position !== undefined);
  return frames.length > 0 ? frames.slice(0, MOST_FRAMES).map(shorten) : undefined;
}

const shorten = (position: string): string => position.replace(/^.*?[\\/](?=(?:libs|apps|test|node_modules)[\\/])/, '');
