// The shape of a document, checked by its JSON Schema and said in sentences.
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Finding } from './decision.js';
import { sentenceOf } from './form.js';
import { pointer } from './pointer.js';
import { SCHEMA } from './schema/index.js';

const ajv = new Ajv2020({
  allErrors: true,
  strict: true,
  strictTypes: false,
  allowUnionTypes: true,
  validateFormats: true,
  // Errors come with the part of the schema that they are about, and with what stands there.
  verbose: true,
});
formats.default(ajv);

/** The format takes `https://` and a port of 99999; nobody could be called there, nor the document compiled. */
const uri = formats.default.get('uri');
ajv.addFormat('uri', (text: string) => typeof uri === 'function' && uri(text) && URL.canParse(text));
const validate = ajv.compile(SCHEMA); // prettier-ignore

function place({ keyword, instancePath, params }: ErrorObject): string {
  const p = params as Readonly<Record<string, unknown>>;
  if (keyword === 'required') return instancePath + pointer(String(p['missingProperty']));
  if (keyword === 'additionalProperties') return instancePath + pointer(String(p['additionalProperty']));
  if (keyword === 'propertyNames') return instancePath + pointer(String(p['propertyName']));
  return instancePath;
}

/** Sentences are made for so many: more than anybody reads, and a hostile document has tens of thousands. */
const MAX_SENTENCES = 500;

const UNREADABLE: ReadonlySet<string> = new Set(['type', 'maxLength']);

export interface ShapeReport {
  readonly findings: readonly Finding[];
  /** Of these paths the schema says that nothing stands there. */
  readonly missing: ReadonlySet<string>;
  /** Everything that stands there has the right type, and no text is too long, so that the rules can read it although something is missing. */
  readonly readable: boolean;
}

/** Errors that only repeat another one: which branch was taken, and why a key or a date failed inside. */
const isEcho = ({ keyword, schemaPath, propertyName }: ErrorObject): boolean =>
  keyword === 'if' || propertyName !== undefined || /\/anyOf\/\d+\/(format|pattern)$/.test(schemaPath);

export function shapeOf(document: unknown): ShapeReport {
  if (validate(document)) return { findings: [], missing: new Set(), readable: true };
  const errors = (validate.errors ?? []).filter((error) => !isEcho(error));
  const findings = errors.slice(0, MAX_SENTENCES).map((error): Finding => {
    const article = 'Art. 28(3)(a) GDPR';
    return { severity: 'error', rule: 'schema', path: place(error), article, ...sentenceOf(error) };
  });
  const missing = new Set(errors.filter(({ keyword }) => keyword === 'required').map(place));
  return { findings, missing, readable: !errors.some(({ keyword }) => UNREADABLE.has(keyword)) };
}
