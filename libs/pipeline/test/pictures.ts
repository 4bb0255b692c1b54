// The smallest pictures of each kind, with and without what a camera or an editor puts beside the picture.

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

const segment = (marker: number, body: string): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, latin1(body)]);
};
const JPEG_PICTURE = [
  segment(0xe0, 'JFIF\0\x01\x01\0\0\x01\0\x01\0\0'),
  segment(0xe2, 'ICC_PROFILE\0\x01\x01colours'),
  segment(0xee, 'Adobe\0d\0\0\0\0\0'),
  segment(0xdb, 'table'),
  // A scan with a stuffed 0xFF and a restart in it, and a second one, as progressive pictures have.
  Buffer.concat([segment(0xda, 'scan'), Buffer.from([1, 0xff, 0, 0xfe, 0xff, 0xd0, 2])]),
  Buffer.concat([segment(0xda, 'more'), Buffer.from([3, 0xff, 0, 0xe1])]),
  Buffer.from([0xff, 0xd9]),
];
const jpeg = (told: string): [Buffer, Buffer] => {
  const beside = [
    segment(0xe1, `Exif\0\0II*\0${told}`),
    segment(0xe1, `http://ns.adobe.com/xap/1.0/\0${told}`),
    segment(0xe0, `JFXX\0${told}`),
    segment(0xe2, `MPF\0${told}`),
    segment(0xed, `Photoshop 3.0\x008BIM\x04\x04${told}`),
    segment(0xfe, told),
  ];
  const [first, ...rest] = JPEG_PICTURE as [Buffer, ...Buffer[]];
  const start = Buffer.from([0xff, 0xd8]);
  const withAll = rest.flatMap((part, n) => (n < rest.length - 1 ? [part, ...beside] : [part]));
  return [
    Buffer.concat([start, first, ...beside, ...withAll, latin1(`trailer ${told}`)]),
    Buffer.concat([start, ...JPEG_PICTURE]),
  ];
};

const pngChunk = (name: string, body: string): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, latin1(name), latin1(body), latin1('crc.')]);
};
const png = (told: string): [Buffer, Buffer] => {
  const start = latin1('\x89PNG\r\n\x1a\n');
  const kept = [pngChunk('IHDR', 'head'), pngChunk('iCCP', 'colours'), pngChunk('IDAT', 'pixels'), pngChunk('IEND', '')];
  const beside = ['tEXt', 'iTXt', 'zTXt', 'eXIf', 'tIME', 'caBX'].map((name) => pngChunk(name, told));
  const [head, ...rest] = kept as [Buffer, ...Buffer[]];
  return [Buffer.concat([start, head, ...beside, ...rest, latin1(told)]), Buffer.concat([start, ...kept])];
}; // prettier-ignore

const webpChunk = (name: string, body: string): Buffer => {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  return Buffer.concat([latin1(name), size, latin1(body), Buffer.alloc(body.length % 2)]);
};
const riff = (...chunks: Buffer[]): Buffer => {
  const body = Buffer.concat([latin1('WEBP'), ...chunks]);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  return Buffer.concat([latin1('RIFF'), size, body]);
};
const webp = (told: string): [Buffer, Buffer] => {
  const [pixels, colours] = [webpChunk('VP8L', 'odd'), webpChunk('ICCP', 'colours')];
  const extended = (flags: string): Buffer => webpChunk('VP8X', `${flags}\0\0\0\0\0\0\0\0\0`);
  return [
    riff(extended('\x2c'), colours, pixels, webpChunk('EXIF', told), webpChunk('XMP ', told)),
    riff(extended('\x20'), colours, pixels),
  ];
};

const blocks = (...bodies: string[]): Buffer =>
  Buffer.concat([...bodies.map((body) => Buffer.concat([Buffer.from([body.length]), latin1(body)])), Buffer.alloc(1)]);
const gif = (told: string): [Buffer, Buffer] => {
  const head = Buffer.concat([latin1('GIF89a'), Buffer.from([1, 0, 1, 0, 0x80, 0, 0]), latin1('sixsix')]);
  const repeats = Buffer.concat([Buffer.from([0x21, 0xff]), blocks('NETSCAPE2.0', '\x01\0\0')]);
  const control = Buffer.concat([Buffer.from([0x21, 0xf9]), blocks('\0\0\0\0')]);
  const image = Buffer.concat([Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0x80]), latin1('colour'), Buffer.from([2]), blocks('pix;!els')]); // prettier-ignore
  const comment = Buffer.concat([Buffer.from([0x21, 0xfe]), blocks(told, told)]);
  const xmp = Buffer.concat([Buffer.from([0x21, 0xff]), blocks('XMP DataXMP', told)]);
  const end = Buffer.from([0x3b]);
  return [
    Buffer.concat([head, comment, repeats, xmp, control, image, comment, end, latin1(told)]),
    Buffer.concat([head, repeats, control, image, end]),
  ];
};

/** By kind: the picture as it comes, with `told` wherever it can be, and as it is to stay. */
export const PICTURES: Readonly<Record<string, (told: string) => readonly [Buffer, Buffer]>> = { jpeg, png, webp, gif };
