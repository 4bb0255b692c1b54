// Lists: `{items, next}`, by `?limit` and `?after`. `next` is the `after` of the following page, null at the end.
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { isUuid, Problem } from '#libs/kernel';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1000;
const LONGEST_CURSOR = 500;

export class PageQuery {
  @ApiPropertyOptional({
    description: 'How many items at most.',
    minimum: 1,
    maximum: MAX_LIMIT,
    default: DEFAULT_LIMIT,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_LIMIT)
  readonly limit: number = DEFAULT_LIMIT;

  @ApiPropertyOptional({ description: 'The `next` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_CURSOR)
  readonly after?: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** Described for the documentation only; each operation names its items. */
export class PageDto {
  @ApiProperty({ type: String, nullable: true, description: 'Pass as `after` for the next page; null at the end.' })
  readonly next!: string | null;
}

export const badCursor = (): Problem =>
  new Problem('invalid-input', undefined, {
    errors: [{ path: '/after', detail: 'Is not the `next` of an earlier page.' }],
  });

/** The cursor of lists that are ordered by a uuid. */
export function uuidCursor({ after }: PageQuery): string | null {
  if (after === undefined) return null;
  if (!isUuid(after)) throw badCursor();
  return after;
}

/** The cursor of lists that are ordered by a number. */
export function numberCursor({ after }: PageQuery): number {
  if (after === undefined) return 0;
  if (!/^\d{1,15}$/.test(after)) throw badCursor();
  return Number(after);
}

/** Rows that the store has already limited. */
export function pageOf<R, T>(
  rows: readonly R[],
  limit: number,
  as: { readonly item: (row: R) => T; readonly cursor: (row: R) => string },
): Page<T> {
  const last = rows.at(-1);
  return { items: rows.map(as.item), next: last !== undefined && rows.length >= limit ? as.cursor(last) : null };
}

/** A short list that is in memory anyway, such as a tenant's connections. */
export function pageOfAll<R, T>(
  all: readonly R[],
  query: PageQuery,
  as: { readonly item: (row: R) => T; readonly cursor: (row: R) => string },
): Page<T> {
  const start = query.after === undefined ? 0 : all.findIndex((row) => as.cursor(row) === query.after) + 1;
  if (query.after !== undefined && start === 0) throw badCursor();
  const rows = all.slice(start, start + query.limit);
  const last = rows.at(-1);
  return {
    items: rows.map(as.item),
    next: last !== undefined && start + rows.length < all.length ? as.cursor(last) : null,
  };
}
