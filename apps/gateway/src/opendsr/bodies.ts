// What OpenDSR 2.0 posts, checked (section 7.1), and how it is refused (section 7.5). A refusal quotes nothing of the input.
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { Problem } from '#libs/kernel';
import { InputPipe, IsInstant, IsLine } from '../api/input.js';

export const TYPES = ['access', 'portability', 'erasure'] as const;

const MOST_IDENTITIES = 50;
const MOST_CALLBACKS = 5;
const LONGEST_URL = 2_048;
const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** A request is answered within three months at the latest; whoever sends an older one repeats what was once sent. */
const OLDEST_MS = 92 * 86_400_000;
const AHEAD_MS = 5 * 60 * 1_000;

export class IdentityDto {
  @IsString()
  @MaxLength(128)
  readonly identity_type!: string;

  @IsString()
  @IsLine(512)
  readonly identity_value!: string;

  @IsIn(['raw', 'sha1', 'md5', 'sha256'])
  readonly identity_format!: string;
}

export class SubjectRequestDto {
  @IsIn(['gdpr'])
  readonly regulation!: string;

  @IsString()
  @Matches(UUID_V4)
  readonly subject_request_id!: string;

  @IsIn(TYPES)
  readonly subject_request_type!: (typeof TYPES)[number];

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_IDENTITIES)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => IdentityDto)
  readonly subject_identities!: readonly IdentityDto[];

  @IsString()
  @IsInstant()
  @MaxLength(40)
  readonly submitted_time!: string;

  @IsOptional()
  @IsString()
  @MaxLength(16)
  readonly api_version?: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_CALLBACKS)
  @IsString({ each: true })
  @MaxLength(LONGEST_URL, { each: true })
  @IsUrl({ protocols: ['https', 'http'], require_tld: false, require_protocol: true }, { each: true })
  readonly status_callback_urls?: readonly string[];

  /** Of other processors; none of ours is needed. */
  @IsOptional()
  @IsObject()
  readonly extensions?: object;
}

const pipe = new InputPipe();
const invalid = (path: string, detail: string): Problem => new Problem('invalid-input', undefined, { errors: [{ path, detail }] }); // prettier-ignore

/** @throws Problem invalid-input */
export async function readSubjectRequest(raw: Buffer, now: number): Promise<SubjectRequestDto & { readonly at: Date }> {
  let json: unknown;
  try {
    json = JSON.parse(raw.toString());
  } catch {
    throw new Problem('invalid-input', 'The body is not JSON.');
  }
  const body = (await pipe.transform(json, { type: 'body', metatype: SubjectRequestDto })) as SubjectRequestDto;
  const at = new Date(body.submitted_time);
  if (at.getTime() > now + AHEAD_MS || at.getTime() < now - OLDEST_MS)
    throw invalid('/submitted_time', 'Must be of the last three months.');
  return { ...body, at: at.getTime() > now ? new Date(now) : at };
}

/** The error object of OpenDSR, section 7.6. */
export const errorBody = (problem: Problem): string =>
  JSON.stringify({
    error: {
      code: problem.status,
      message: problem.detail ?? problem.title,
      errors: (problem.extension.errors ?? []).map(({ path, detail }) => ({ domain: 'Validation', reason: path, message: detail })),
    },
  }); // prettier-ignore
