// Media by id: metadata with an address that lives five minutes, the bytes behind it, upload, deletion.
import { refuse } from './faults.js';
import { digestOf, type Media } from './shelf.js';
import type { Answer, World } from './world.js';

/** GET /<media id>: what it is and where it can be fetched for the next minutes: a path, because no host of Meta's is here. */
export function describeMedia(world: World, media: Media): Answer {
  const until = world.clock() + world.behaviour.mediaUrlTtlMs;
  return {
    status: 200,
    body: {
      messaging_product: 'whatsapp',
      url: `/whatsapp_business/attachments/?mid=${media.id}&ext=${until}`,
      mime_type: media.mime,
      sha256: digestOf(media, 'hex'),
      file_size: media.bytes.length,
      id: media.id,
    },
  };
}

/** GET of the address: the bytes, or 404 when the address is too old. */
export function fetchMedia(world: World, query: URLSearchParams): Answer {
  const media = world.media.get(query.get('mid') ?? '');
  if (!media || world.clock() > Number(query.get('ext'))) return { status: 404, body: 'Not Found' };
  return { status: 200, body: null, bytes: { type: media.mime, content: media.bytes } };
}

/** POST /<phone number id>/media: multipart with `messaging_product`, `type` and `file`. */
export async function uploadMedia(world: World, contentType: string, raw: Buffer): Promise<Answer> {
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => null);
  const file = form?.get('file');
  if (form?.get('messaging_product') !== 'whatsapp' || !(file instanceof Blob)) {
    return refuse({ code: 100, details: 'Param messaging_product and file are required.' }, 'whatsapp');
  }
  const type = form.get('type');
  const mime = typeof type === 'string' ? type : file.type;
  const media = world.media.put(mime, Buffer.from(await file.arrayBuffer()));
  return { status: 200, body: { id: media.id } };
}
