// An activity with files: multipart/form-data, read into memory within limits. Nothing touches a disk before instructions decide.
import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { v7 as uuid } from 'uuid';
import type { WebUpload } from '#libs/channels';
import { Problem } from '#libs/kernel';
import type { Upload } from './backend.js';
import type { DirectLineLimits } from './limits.js';

export interface ReceivedForm {
  readonly activity: unknown;
  readonly files: readonly (WebUpload & Upload)[];
}

/**
 * Reads forms while there is room for them, and for as long as they are worked on.
 * @throws Problem invalid-input, too-large, unavailable
 */
export function formReader(limits: DirectLineLimits) {
  const most = limits.uploadBytes + limits.activityBytes;
  let inHand = 0;
  return async function read<T>(request: FastifyRequest, work: (form: ReceivedForm) => Promise<T>): Promise<T> {
    const bytes = Number(request.headers['content-length'] ?? most);
    if (bytes > most) throw new Problem('too-large');
    if (inHand + bytes > limits.formsInHand) throw new Problem('unavailable', undefined, { retryAfterSeconds: 2 });
    inHand += bytes;
    // Whoever is slow would keep others out.
    const late = setTimeout(() => request.raw.destroy(), limits.formMs);
    try {
      const form = await readForm(request, limits);
      clearTimeout(late);
      return await work(form);
    } finally {
      clearTimeout(late);
      inHand -= bytes;
    }
  };
}

async function readForm(request: FastifyRequest, limits: DirectLineLimits): Promise<ReceivedForm> {
  try {
    return await partsOf(request, limits);
  } catch (error) {
    if (error instanceof Problem || (error instanceof Error && 'statusCode' in error)) throw error;
    // The parser's own errors are bare: no boundary, a part that breaks off.
    throw new Problem('invalid-input', 'The form cannot be read.');
  }
}

/** Clients call their part `activity`; every other part with a file name is a file. */
async function partsOf(request: FastifyRequest, limits: DirectLineLimits): Promise<ReceivedForm> {
  if (!request.isMultipart()) throw new Problem('unsupported-media-type');
  const parts = request.parts({
    limits: { fileSize: limits.fileBytes, files: limits.files + 1, fields: 1, fieldSize: limits.activityBytes },
  });
  let activity: unknown = { type: 'message' };
  let bytes = 0;
  const files: (WebUpload & Upload)[] = [];
  for await (const part of parts) {
    if (part.fieldname === 'activity') {
      activity = parsed(await textOf(part, limits.activityBytes));
      continue;
    }
    if (part.type !== 'file') continue;
    const file = await fileOf(part);
    bytes += file.bytes.length;
    if (bytes > limits.uploadBytes || files.push(file) > limits.files) throw new Problem('too-large');
  }
  if (files.length === 0) throw new Problem('invalid-input', 'There is no file in the form.');
  return { activity, files };
}

/** A browser sends the activity as a blob, which looks like a file; other clients as a plain field. */
async function textOf(part: Multipart, most: number): Promise<string> {
  const bytes = part.type === 'file' ? await part.toBuffer() : Buffer.from(String(part.value), 'utf8');
  if (bytes.length > most) throw new Problem('too-large');
  return bytes.toString('utf8');
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Problem('invalid-input', 'The activity is not JSON.');
  }
}

const MIME = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$/;

async function fileOf(part: MultipartFile): Promise<WebUpload & Upload> {
  const bytes = await part.toBuffer();
  const mime = part.mimetype.toLowerCase();
  const name = part.filename.slice(0, 255);
  return {
    id: uuid(),
    mime: MIME.test(mime) ? mime : 'application/octet-stream',
    ...(name === '' ? {} : { name }),
    bytes,
  };
}
