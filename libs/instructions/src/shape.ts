// The shape of a document, checked by its JSON Schema and said in sentences.
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Finding } from './decision.js';
import { pointer } from './pointer.js';
import { SCHEMA } from './schema/index.js';

const ajv = new Ajv2020({
  allErrors: true,
  strict: true,
  strictTypes: false,
  allowUnionTypes: true,
  validateFormats: true,
});
formats.default(ajv);
const validate = ajv.compile(SCHEMA); // prettier-ignore

const list = (values: unknown): string => (Array.isArray(values) ? values.map(String).join(', ') : String(values));

/** Types of JSON in the words of people who write YAML. */
const TYPES: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'yes or no, written as true or false',
};

/** What ajv objects to, for people who have not read JSON Schema. Names keys and limits, never values. */
function sentence({ keyword, params }: ErrorObject): string {
  const p = params as Readonly<Record<string, unknown>>;
  switch (keyword) {
    case 'required':
      return `Here \`${String(p['missingProperty'])}\` is missing.`;
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'There is no such section or setting here.';
    case 'enum':
      return `This must be one of: ${list(p['allowedValues'])}.`;
    case 'const':
      return `This must be ${list(p['allowedValue'])}.`;
    case 'type':
      return `This must be ${[p['type']]
        .flat()
        .map((type) => TYPES[String(type)] ?? String(type))
        .join(' or ')}.`;
    case 'format':
    case 'anyOf':
      return `This is not written as a ${keyword === 'format' ? list(p['format']) : 'date or date-time'}.`;
    case 'propertyNames':
      return 'A key here is not written as keys are: small letters, digits and hyphens.';
    case 'minItems':
    case 'minProperties':
      return 'Here at least one entry is needed.';
    case 'maxItems':
    case 'maxProperties':
      return `Here are more than ${list(p['limit'])} entries.`;
    case 'maxLength':
      return `This is longer than ${list(p['limit'])} characters.`;
    case 'minLength':
      return 'This is empty.';
    case 'minimum':
    case 'maximum':
      return `This must be ${keyword === 'minimum' ? 'at least' : 'at most'} ${list(p['limit'])}.`;
    case 'uniqueItems':
      return 'An entry stands here twice.';
    default:
      return 'This is not written as it has to be here.';
  }
}

function place({ keyword, instancePath, params }: ErrorObject): string {
  const p = params as Readonly<Record<string, unknown>>;
  if (keyword === 'required') return instancePath + pointer(String(p['missingProperty']));
  if (keyword === 'additionalProperties') return instancePath + pointer(String(p['additionalProperty']));
  if (keyword === 'propertyNames') return instancePath + pointer(String(p['propertyName']));
  return instancePath;
}

export interface ShapeReport {
  readonly findings: readonly Finding[];
  /** Of these paths the schema says that nothing stands there. */
  readonly missing: ReadonlySet<string>;
  /** Everything that stands there has the right type, so that the rules can read it although something is missing. */
  readonly readable: boolean;
}

/** Errors that only repeat another one: which branch was taken, and why a key or a date failed inside. */
const isEcho = ({ keyword, schemaPath, propertyName }: ErrorObject): boolean =>
  keyword === 'if' || propertyName !== undefined || /\/anyOf\/\d+\/format$/.test(schemaPath);

export function shapeOf(document: unknown): ShapeReport {
  if (validate(document)) return { findings: [], missing: new Set(), readable: true };
  const errors = (validate.errors ?? []).filter((error) => !isEcho(error));
  const findings = errors.map((error): Finding => {
    const article = 'Art. 28(3)(a) GDPR';
    return { severity: 'error', rule: 'schema', path: place(error), message: sentence(error), article };
  });
  const missing = new Set(errors.filter(({ keyword }) => keyword === 'required').map(place));
  return { findings, missing, readable: !errors.some((error) => error.keyword === 'type') };
}
