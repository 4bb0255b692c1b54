// The smallest sounds, as they come and as they stay: written in place (WAV, FLAC, Ogg), and MP3, of which frames are left.

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const little = (value: number): Buffer => {
  const four = Buffer.alloc(4);
  four.writeUInt32LE(value);
  return four;
};
const zeros = (length: number): Buffer => Buffer.alloc(length);

const chunk = (name: string, body: Buffer): Buffer =>
  Buffer.concat([latin1(name), little(body.length), body, zeros(body.length % 2)]);
const riff = (...chunks: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(chunks);
  return Buffer.concat([latin1('RIFF'), little(body.length + 4), latin1('WAVE'), body]);
};
const format = chunk('fmt ', latin1('sixteen bytes...'));

function wav(told: string): [Buffer, Buffer] {
  const info = Buffer.concat([latin1('INFO'), chunk('IART', latin1(told)), chunk('INAM', latin1(told))]);
  const beside = ([['LIST', info], ['bext', latin1(`${told}.`)], ['id3 ', latin1(`ID3${told}`)], ['iXML', latin1(told)]] as const); // prettier-ignore
  const space = beside.map(([, body]) => chunk('JUNK', zeros(body.length)));
  const [first, ...more] = beside.map(([name, body]) => chunk(name, body));
  const sound = chunk('data', latin1('a sound that is odd'));
  return [
    Buffer.concat([riff(first!, format, sound, ...more), latin1(told.slice(0, 7))]),
    Buffer.concat([riff(space[0]!, format, sound, ...space.slice(1)), zeros(7)]),
  ];
}

/** As programs write it that do not know how long it will be. */
function openWav(told: string): [Buffer, Buffer] {
  const head = (name: string, body: Buffer): Buffer =>
    Buffer.concat([latin1('RIFF'), little(0xffffffff), latin1('WAVE'), format, chunk(name, body)]);
  const sound = Buffer.concat([latin1('data'), little(0xffffffff), latin1('LIST of sounds')]);
  const before = latin1(told);
  return [Buffer.concat([head('LIST', before), sound]), Buffer.concat([head('JUNK', zeros(before.length)), sound])];
}

const block = (kind: number, body: Buffer, isLast = false): Buffer =>
  Buffer.concat([Buffer.from([kind + (isLast ? 128 : 0), 0, body.length >> 8, body.length & 255]), body]);
const comments = (told: string): Buffer =>
  Buffer.concat([little(told.length), latin1(told), little(1), little(told.length), latin1(told)]);
const noComments = (length: number): Buffer => Buffer.concat([little(length - 8), zeros(length - 4)]);
const STREAM = block(0, latin1('about the stream'));
const FRAMES = latin1('\xff\xf8 frames of flac');

function flac(told: string): [Buffer, Buffer] {
  const body = comments(told);
  const kept = [latin1('fLaC'), STREAM];
  return [
    Buffer.concat([...kept, block(4, body), block(6, latin1(told)), block(2, latin1(told), true), FRAMES]),
    Buffer.concat([...kept, block(4, noComments(body.length)), block(1, zeros(told.length)), block(1, zeros(told.length), true), FRAMES]), // prettier-ignore
  ];
}

/** As RFC 3533 has it: bit by bit, from the first. */
function checksum(page: Buffer): number {
  let sum = 0n;
  for (const byte of page) {
    sum ^= BigInt(byte) << 24n;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum & 0x80000000n ? (sum << 1n) ^ 0x104c11db7n : sum << 1n) & 0xffffffffn;
  }
  return Number(sum);
} // prettier-ignore

interface Page {
  readonly flags?: number;
  readonly number: number;
  readonly lacing: readonly number[];
  readonly body: Buffer;
}
function page({ flags = 0, number, lacing, body }: Page): Buffer {
  const head = Buffer.concat([latin1('OggS'), Buffer.from([0, flags]), zeros(8), latin1('pers'), little(number), zeros(4), Buffer.from([lacing.length, ...lacing])]); // prettier-ignore
  const whole = Buffer.concat([head, body]);
  whole.writeUInt32LE(checksum(whole), 22);
  return whole;
}

/** @returns whether each page says of itself what it is */
export function hasSoundPages(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length;) {
    const lacing = bytes.subarray(at + 27, at + 27 + bytes[at + 26]!);
    const end = at + 27 + lacing.length + lacing.reduce((sum, one) => sum + one, 0);
    const one = Buffer.from(bytes.subarray(at, end));
    const stated = one.readUInt32LE(22);
    one.fill(0, 22, 26);
    if (bytes.toString('latin1', at, at + 4) !== 'OggS' || checksum(one) !== stated) return false;
    at = end;
  }
  return true;
}

/** Comments on a page of their own, or over two pages with what follows in the second. */
function ogg(first: string, [sign, ending]: readonly [string, string], said: Buffer): [Buffer, Buffer] {
  const packet = Buffer.concat([latin1(sign), said, latin1(ending)]);
  const room = packet.length - sign.length - ending.length;
  const after = Buffer.concat([latin1(sign), noComments(room), latin1(ending)]);
  const head = page({ flags: 2, number: 0, lacing: [first.length], body: latin1(first) });
  const tail = page({ flags: 4, number: 3, lacing: [5, 5], body: latin1('soundsound') });
  const pages = (body: Buffer): Buffer[] => {
    if (body.length < 255) return [page({ number: 1, lacing: [body.length], body })];
    const rest = Buffer.concat([body.subarray(255), latin1('setup')]);
    return [
      page({ number: 1, lacing: [255], body: body.subarray(0, 255) }),
      page({ flags: 1, number: 2, lacing: [body.length - 255, 5], body: rest }),
    ];
  };
  return [Buffer.concat([head, ...pages(packet), tail]), Buffer.concat([head, ...pages(after), tail])];
}
const opus = (told: string): [Buffer, Buffer] => ogg('OpusHead and more', ['OpusTags', ''], comments(told));
const vorbis = (told: string): [Buffer, Buffer] =>
  ogg('\x01vorbis and more', ['\x03vorbis', '\x01'], comments(told.repeat(5)));
const speex = (told: string): [Buffer, Buffer] => ogg('Speex   and more', ['', ''], comments(told));
const oggFlac = (told: string): [Buffer, Buffer] =>
  ogg('\x7fFLAC and more', [`\x04\0\0${String.fromCharCode(comments(told).length)}`, ''], comments(told));

/** By kind: the sound as it comes, with `told` wherever it can be, and as it is to stay, each byte where it was. */
export const SOUND_FILES: Readonly<Record<string, (told: string) => readonly [Buffer, Buffer]>> = {
  wav,
  'wav as it is recorded': openWav,
  flac,
  opus,
  vorbis,
  speex,
  'flac in ogg': oggFlac,
};

/** MPEG 1, layer III, 32 kbit/s, 44.1 kHz: 104 bytes with their head. */
const frame = (sound: string): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xfb, 0x10, 0xc4]), latin1(sound.padEnd(100, '.'))]);
const sevens = (value: number): Buffer => Buffer.from([0, 0, value >> 7, value & 127]);
const id3 = (told: string, foot: boolean): Buffer => {
  const body = latin1(`TIT2${told}`);
  const head = (sign: string): Buffer => Buffer.concat([latin1(`${sign}\x04\0${foot ? '\x10' : '\0'}`), sevens(body.length)]);
  return Buffer.concat([head('ID3'), body, ...(foot ? [head('3DI')] : [])]);
}; // prettier-ignore
const ape = (told: string): Buffer => {
  const body = latin1(told);
  const end = (flags: number): Buffer =>
    Buffer.concat([latin1('APETAGEX'), little(2000), little(body.length + 32), little(1), little(flags), zeros(8)]);
  return Buffer.concat([end(0xa0000000), body, end(0x80000000)]);
};
const id3v1 = (told: string): Buffer => latin1(`TAG${told}`.padEnd(128, '\0'));

/** By kind: sounds of which parts are left out. */
export const TAGGED_SOUNDS: Readonly<Record<string, (told: string) => readonly [Buffer, Buffer]>> = {
  mp3: (told) => [
    Buffer.concat([id3(told, false), id3(told, true), frame('one'), frame('two'), id3(told, false), frame('three'), frame('four'), ape(told), id3v1(told)]), // prettier-ignore
    Buffer.concat([frame('one'), frame('two'), frame('three'), frame('four')]),
  ],
  'mp3 that begins with its sound': (told) => [
    Buffer.concat([frame('one'), frame('two'), id3v1(told)]),
    Buffer.concat([frame('one'), frame('two')]),
  ],
};
