#!/usr/bin/env node
// Verifies a Parley ledger without Parley: one file, no dependencies, Node 20 or newer. Run it where the operator of the
// gateway cannot change it, with a key and checkpoints that you kept yourself. `--help` says how.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { createInterface } from 'node:readline';

const HELP = `Verifies a Parley ledger.

  verify-ledger.mjs export <ledger.jsonl> [--key <verifier key>] [--checkpoint <file>]...
      Computes the tree of an export (GET /v1/tenants/{slug}/ledger/export) and compares it with its signed checkpoint,
      and with checkpoints of yours: an old one must be the root of the first leaves.

  verify-ledger.mjs inclusion <proof.json> [--key <verifier key>]
      Verifies that a leaf is in a signed checkpoint (GET …/ledger/proof?position=N).

  verify-ledger.mjs consistency <proof.json> --checkpoint <file> [--key <verifier key>]
      Verifies that a newer checkpoint goes on where yours ended (GET …/ledger/proof?from=N).

  verify-ledger.mjs pack <folder> [--key <verifier key>] [--checkpoint <file>]...
      Verifies an unpacked evidence pack (GET /v1/tenants/{slug}/evidence): every file by the signed list, the ledger as above,
      and that instructions and evidence of requests are those that the ledger names.

A checkpoint file holds the text of \`checkpoint\`, or the JSON that GET …/ledger/checkpoint answered.
Without --key the key is taken from the input, which proves nothing about who signed. Exit code: 0 sound, 1 not, 2 usage.`;

class Unsound extends Error {}
const must = (holds, otherwise) => {
  if (!holds) throw new Unsound(otherwise);
};

// RFC 6962: leaves and nodes are hashed apart.
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const leafHash = (bytes) => sha256(Buffer.of(0), bytes);
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right);

/** RFC 8785: keys in the order of their UTF-16 code units, numbers and strings as ECMAScript writes them. */
function canonical(value) {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}
const hashOf = ({ seq, at, leaf }) => leafHash(Buffer.from(canonical({ at, leaf, seq })));

/** The roots of the perfect trees to the left of the edge, the largest first. */
function growing() {
  const peaks = [];
  return {
    size: 0,
    add(hash) {
      let joined = hash;
      for (let n = this.size; n % 2 === 1; n = (n - 1) / 2) joined = nodeHash(peaks.pop(), joined);
      peaks.push(joined);
      this.size += 1;
    },
    root: () => (peaks.length === 0 ? sha256() : peaks.reduceRight((right, left) => nodeHash(left, right))),
  };
}

/** C2SP verifier key: name+id+base64(1 | 32 bytes of Ed25519). */
function keyOf(text) {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim()) ?? [];
  const raw = Buffer.from(encoded ?? '', 'base64');
  must(name && raw.length === 33 && raw[0] === 1, 'The key is not a verifier key of Ed25519.');
  must(sha256(`${name}\n`, raw).toString('hex', 0, 4) === id, 'The key does not have its own id.');
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw.subarray(1)]);
  return { name, id, raw, key: createPublicKey({ key: der, format: 'der', type: 'spki' }) };
}

/** The same key under another name: what it signs is another kind of statement. */
const renamed = (key, name) => ({ ...key, name, id: sha256(`${name}\n`, key.raw).toString('hex', 0, 4) });

/** C2SP signed note: lines, the first of which is the name of the signer; a blank line; signatures. Answers the lines. */
function signedLines(note, { name, id, key }, what) {
  const end = note.lastIndexOf('\n\n') + 1;
  const lines = note.slice(0, end).split('\n').slice(0, -1);
  const signed = note
    .slice(end + 1)
    .split('\n')
    .filter((line) => line.startsWith(`— ${name} `))
    .map((line) => Buffer.from(line.slice(name.length + 3), 'base64'))
    .some(
      (signature) =>
        signature.toString('hex', 0, 4) === id &&
        verify(null, Buffer.from(note.slice(0, end)), key, signature.subarray(4)),
    );
  must(end > 0 && signed && lines[0] === name, `${what} is not signed with this key.`);
  return lines;
}

/** C2SP checkpoint: origin, size, root. */
function checkpointOf(note, key, what) {
  const [, size, root] = signedLines(note, key, what);
  must(/^(0|[1-9]\d{0,14})$/.test(size) && Buffer.from(root, 'base64').length === 32, `${what} cannot be read.`);
  return { size: Number(size), root };
}

/** RFC 9162, section 2.1.3.2. */
function rootOfInclusion({ position, size, hash, path }) {
  let [fn, sn, root] = [position, size - 1, hash];
  must(Number.isInteger(position) && position >= 0 && position < size, 'The leaf is not within the tree.');
  for (const next of path) {
    must(sn > 0, 'The proof is too long.');
    if (fn % 2 === 1 || fn === sn) {
      root = nodeHash(next, root);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else root = nodeHash(root, next);
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  must(sn === 0, 'The proof is too short.');
  return root;
}

/** RFC 9162, section 2.1.4.2: the roots of both trees that the proof makes. */
function rootsOfConsistency({ from, size, oldRoot, hashes }) {
  if (from === size) return { old: oldRoot, new: oldRoot };
  const path = Number.isInteger(Math.log2(from)) ? [oldRoot, ...hashes] : hashes;
  must(from > 0 && from < size && path.length > 0, 'The proof is too short.');
  let [fn, sn] = [from - 1, size - 1];
  while (fn % 2 === 1) [fn, sn] = [(fn - 1) / 2, Math.floor(sn / 2)];
  let [old, now] = [path[0], path[0]];
  for (const next of path.slice(1)) {
    must(sn > 0, 'The proof is too long.');
    if (fn % 2 === 1 || fn === sn) {
      [old, now] = [nodeHash(next, old), nodeHash(next, now)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else now = nodeHash(now, next);
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  must(sn === 0, 'The proof is too short.');
  return { old, new: now };
}

function noteOf(file) {
  const text = file.includes('\n') ? file : readFileSync(file, 'utf8');
  return text.startsWith('{') ? JSON.parse(text).checkpoint : text;
}

async function verifyExport(file, { pinned, notes, each = () => undefined }) {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity })[Symbol.asyncIterator]();
  const first = JSON.parse((await lines.next()).value ?? 'null');
  must(first?.schema === 'parley-ledger/1', 'This is not an export of a ledger.');
  const key = pinned || first.size !== 0 ? keyOf(pinned ?? first.key ?? '') : null;
  if (first.size === 0 && notes.length === 0) {
    must((await lines.next()).done, 'There are leaves, and nothing is signed.');
    return 'The ledger is empty: nothing is signed.';
  }
  const name = 'The checkpoint of the export';
  const own = { name, ...checkpointOf(first.checkpoint ?? '', key, name) };
  must(first.size === own.size, `The export says that it has ${first.size} leaves, and ${own.size} were signed.`);
  const kept = notes.map((note, n) => {
    const name = note.includes('\n') ? `Checkpoint ${n + 1}` : note;
    return { name, ...checkpointOf(noteOf(note), key, name) };
  });
  const due = [own, ...kept].toSorted((a, b) => a.size - b.size);
  const tree = growing();
  const compare = () => {
    for (; due[0]?.size === tree.size; due.shift())
      must(
        tree.root().toString('base64') === due[0].root,
        `${due[0].name}: the first ${tree.size} leaves are not those that were signed.`,
      );
  };
  compare();
  for await (const line of lines) {
    const row = JSON.parse(line);
    const { position, seq, at, leaf } = row;
    // Nothing that was not hashed: no other member, none twice, no digit that reading has rounded away.
    must(JSON.stringify({ position, seq, at, leaf }) === line, `Line ${tree.size + 2} says something else than what was signed.`); // prettier-ignore
    must(position === tree.size, `Where leaf ${tree.size} should stand is leaf ${position}.`);
    must(tree.size < own.size, `There are more leaves than the ${own.size} that were signed.`);
    tree.add(hashOf(row));
    each(row);
    compare();
  }
  must(due.length === 0, `${due[0]?.name}: of ${due[0]?.size} leaves that were signed only ${tree.size} are there.`);
  return `Sound: ${tree.size} leaves, root ${own.root}, and ${kept.length} earlier checkpoint(s).`;
}

const read = (file) => readFileSync(file, 'utf8');
const readJson = (file) => JSON.parse(read(file));

function verifyInclusion(file, { pinned }) {
  const proof = readJson(file);
  const { size, root } = checkpointOf(proof.checkpoint, keyOf(pinned ?? proof.key), 'The checkpoint');
  const path = proof.hashes.map((hash) => Buffer.from(hash, 'base64'));
  const made = rootOfInclusion({ position: proof.leaf.position, size, hash: hashOf(proof.leaf), path });
  must(made.toString('base64') === root, 'The leaf is not in the tree that was signed.');
  return `Sound: leaf ${proof.leaf.position} is in the signed tree of ${size}.`;
}

function verifyConsistency(file, { pinned, notes: [kept] }) {
  const proof = readJson(file);
  const key = keyOf(pinned ?? proof.key);
  const newer = checkpointOf(proof.checkpoint, key, 'The newer checkpoint');
  const older = checkpointOf(kept ? noteOf(kept) : proof.older, key, kept ?? 'The older checkpoint');
  must(
    older.size <= newer.size,
    `The ledger ends at ${newer.size}, before your checkpoint of ${older.size}: it was rolled back.`,
  );
  const hashes = proof.hashes.map((hash) => Buffer.from(hash, 'base64'));
  const oldRoot = Buffer.from(older.root, 'base64');
  const made = rootsOfConsistency({ from: older.size, size: newer.size, oldRoot, hashes });
  const fits = made.old.toString('base64') === older.root && made.new.toString('base64') === newer.root;
  must(fits, 'The newer ledger does not begin with the leaves of your checkpoint: it was rewritten.');
  return `Sound: the tree of ${newer.size} goes on where yours of ${older.size} ended.`;
}

const PACK_LINE = /^([0-9a-f]{64}) {2}((?!\/)(?!.*\.\.)[\w./-]+)$/;

/** The signed list: every file is as it was, none is missing, none was added. Answers when the pack was made. */
function verifyManifest(folder, key) {
  const name = key.name.replace('parley.ledger/', 'parley.evidence/');
  const [, at, ...lines] = signedLines(read(join(folder, 'MANIFEST')), renamed(key, name), 'MANIFEST');
  const listed = new Map(lines.map((line) => PACK_LINE.exec(line) ?? []).map(([, hash, path]) => [path, hash]));
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll(sep, '/');
    if (entry.isDirectory() || path === 'MANIFEST') continue;
    const hash = listed.get(path);
    must(hash !== undefined, `${path} is not in MANIFEST.`);
    must(sha256(readFileSync(join(folder, path))).toString('hex') === hash, `${path} is not what was signed.`);
    listed.delete(path);
  }
  must(listed.size === 0, `${[...listed.keys()][0]} is missing.`);
  return at;
}

/** Every version has its own hash, and approvals are those of the ledger. */
function verifyInstructions(folder, { approvals, at }) {
  const files = existsSync(folder) ? readdirSync(folder).map((file) => readJson(join(folder, file))) : [];
  for (const { version, hash, document, approvedAt } of files) {
    const own = sha256(canonical(document)).toString('hex') === hash;
    must(own, `Version ${version} of the instructions does not have its own hash.`);
    must(!approvedAt || approvals.has(`${version} ${hash}`), `The ledger has no approval of version ${version}.`);
  }
  const there = new Set(files.map(({ version, hash }) => `${version} ${hash}`));
  for (const [approval, when] of approvals)
    must(when > at || there.has(approval), `Version ${approval.split(' ')[0]} was approved and is not in the pack.`);
  return files.length;
}

/** A request that is over is deleted after three years, no sooner, and a leaf says so. */
const wasForgotten = (leaves) => {
  const last = (...states) => Date.parse(leaves.findLast(({ state }) => states.includes(state))?.when);
  return last('forgotten') - last('completed', 'refused', 'lifted') >= 1095 * 86_400_000;
};

/** Every request of the ledger is there, with what the ledger says that it ended with. */
function verifyRequests(file, { ends, at }) {
  const rows = read(file).split('\n').filter(Boolean).map((line) => JSON.parse(line)); // prettier-ignore
  for (const { request, state, evidence } of rows) {
    must(ends.has(request), `Request ${request} is not in the ledger.`);
    const last = ends.get(request).findLast((leaf) => [state, 'completed', 'refused'].includes(leaf.state));
    const is = last ? last.state === state || last.when > at : state === 'in-progress';
    must(is, `The ledger does not say that request ${request} is ${state}.`);
    const hash = evidence ? sha256(canonical(evidence)).toString('hex') : undefined;
    const said = ends.get(request).filter((leaf) => leaf.evidence === hash || (!hash && leaf.when <= at));
    const fits = hash ? said.length > 0 : said.every((leaf) => !leaf.evidence);
    must(fits, `The evidence of request ${request} is not what the ledger names.`);
  }
  const there = new Set(rows.map(({ request }) => request));
  for (const [request, leaves] of ends)
    must(leaves[0].when > at || there.has(request) || wasForgotten(leaves), `Request ${request} is in the ledger and not in the pack.`); // prettier-ignore
  return rows;
}

async function verifyPack(folder, { pinned, notes }) {
  const text = pinned ?? read(join(folder, 'key'));
  const at = verifyManifest(folder, keyOf(text));
  const [approvals, ends] = [new Map(), new Map()];
  let newest = at;
  const each = ({ at: when, leaf }) => {
    newest = when;
    if (leaf.type === 'instructions-approved') approvals.set(`${leaf.version} ${leaf.hash}`, when);
    if (leaf.type === 'rights-request') ends.set(leaf.request, [...(ends.get(leaf.request) ?? []), { when, ...leaf }]);
  };
  const ledger = join(folder, 'ledger');
  const kept = readJson(join(ledger, 'checkpoints.json')).map(({ note }) => note);
  const said = await verifyExport(join(ledger, 'ledger.jsonl'), { pinned: text, notes: [...notes, ...kept], each });
  const proofs = existsSync(join(ledger, 'proofs')) ? readdirSync(join(ledger, 'proofs')) : [];
  const how = { pinned: text, notes: [] };
  for (const file of proofs)
    (file.startsWith('leaf-') ? verifyInclusion : verifyConsistency)(join(ledger, 'proofs', file), how);
  must(Date.parse(newest) - Date.parse(at) < 86_400_000, 'MANIFEST is older than its ledger.');
  const versions = verifyInstructions(join(folder, 'instructions'), { approvals, at });
  const requests = verifyRequests(join(folder, 'rights', 'requests.jsonl'), { ends, at });
  const { sound } = readJson(join(folder, 'deletion', 'test.json'));
  const left = sound ? 'nothing was left' : 'by deletion/test.json rows WERE LEFT';
  return `${said}\nSound: the pack of ${at}, ${versions} version(s) of the instructions, ${requests.length} request(s); ${left} of who was deleted.`;
}

const COMMANDS = { pack: verifyPack, export: verifyExport, inclusion: verifyInclusion, consistency: verifyConsistency };

async function main([command, file, ...rest]) {
  const valuesOf = (name) => rest.flatMap((word, n) => (rest[n - 1] === name && n % 2 === 1 ? [word] : []));
  const known =
    rest.every((word, n) => n % 2 === 1 || ['--key', '--checkpoint'].includes(word)) && rest.length % 2 === 0;
  const options = { pinned: valuesOf('--key')[0], notes: valuesOf('--checkpoint') };
  const usable =
    known &&
    file &&
    Object.hasOwn(COMMANDS, command ?? '') &&
    (command !== 'consistency' || options.notes.length === 1);
  if (!usable) return [command === '--help' ? 0 : 2, HELP];
  try {
    const found = await COMMANDS[command](file, options);
    return [0, options.pinned ? found : `${found}\nThe key was not pinned: give --key to know who signed.`];
  } catch (error) {
    if (error instanceof Unsound) return [1, `NOT SOUND. ${error.message}`];
    return [1, `NOT SOUND. The input cannot be read: ${error.message}`];
  }
}

const [code, text] = await main(process.argv.slice(2));
process.stdout.write(`${text}\n`);
process.exitCode = code;
