// What every operation says of itself in the API description: summary, answer, refusals, credential.
import { applyDecorators, HttpCode, UseGuards, UsePipes, Controller, type Type } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiExtraModels,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { PROBLEMS, type ProblemType } from '#libs/kernel';
import { Access, AccessGuard } from './access.js';
import { InputPipe } from './input.js';
import { PageDto } from './paging.js';

export class InputErrorDto {
  @ApiProperty({ description: 'JSON pointer into the input.', example: '/slug' })
  readonly path!: string;

  @ApiProperty({ description: 'What is wrong there; never quotes the input.' })
  readonly detail!: string;

  @ApiPropertyOptional({ description: 'Of a document that came as text: the line of it, from 1.' })
  readonly line?: number;

  @ApiPropertyOptional({ description: 'The column in that line, from 1.' })
  readonly column?: number;
}

/** RFC 9457. */
export class ProblemDto {
  @ApiProperty({ example: '/problems/invalid-input' })
  readonly type!: string;

  @ApiProperty()
  readonly title!: string;

  @ApiProperty()
  readonly status!: number;

  @ApiPropertyOptional()
  readonly detail?: string;

  @ApiPropertyOptional({ type: [InputErrorDto] })
  readonly errors?: readonly InputErrorDto[];
}

interface Answer {
  readonly summary: string;
  readonly description?: string;
  /** 200 unless given. */
  readonly status?: 200 | 201 | 202 | 204;
  readonly answers?: Type<unknown>;
  /** Answers a page of these. */
  readonly lists?: Type<unknown>;
  /** Answers text of this media type. */
  readonly sends?: string;
  /** Beside those that every operation has. */
  readonly refuses?: readonly ProblemType[];
}

const ALWAYS: readonly ProblemType[] = ['unauthorised', 'not-found', 'internal', 'unavailable'];

function success({ status = 200, answers, lists, sends }: Answer): MethodDecorator {
  if (lists) {
    const items = { type: 'array', items: { $ref: getSchemaPath(lists) } };
    const schema = { allOf: [{ $ref: getSchemaPath(PageDto) }, { properties: { items }, required: ['items'] }] };
    return applyDecorators(ApiExtraModels(PageDto, lists), ApiResponse({ status, description: 'A page.', schema }));
  }
  return ApiResponse({
    status,
    description: status === 204 ? 'Done.' : 'The answer.',
    ...(answers ? { type: answers } : {}),
    ...(sends ? { content: { [sends]: { schema: { type: 'string' } } } } : {}),
  });
}

/** Refusals of one status share one response, for OpenAPI lists responses by status. */
function refusals(types: readonly ProblemType[]): MethodDecorator[] {
  const content = { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } };
  const statuses = new Set(types.map((type) => PROBLEMS[type][0]));
  const told = (status: number): string =>
    [...new Set(types)]
      .filter((type) => PROBLEMS[type][0] === status)
      .map((type) => `\`${type}\`: ${PROBLEMS[type][1]}`)
      .join(' ');
  return [...statuses].map((status) => ApiResponse({ status, description: told(status), content }));
}

export const Operation = (answer: Answer): MethodDecorator =>
  applyDecorators(
    HttpCode(answer.status ?? 200),
    ApiOperation({ summary: answer.summary, ...(answer.description ? { description: answer.description } : {}) }),
    success(answer),
    ...refusals([...ALWAYS, ...(answer.refuses ?? [])]),
  );

/** A controller of the management API: guarded, validated, described. */
export const Resource = (
  path: string,
  { tag, access }: { readonly tag: string; readonly access: Parameters<typeof Access>[0] },
): ClassDecorator =>
  applyDecorators(
    Controller(path),
    Access(access),
    UseGuards(AccessGuard),
    UsePipes(InputPipe),
    ApiTags(tag),
    ApiBearerAuth(),
    ApiExtraModels(ProblemDto),
  );
