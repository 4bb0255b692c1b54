// The review of a submitted document: its shape by the schema, then its meaning by the rules.
import type { Facts, Finding } from './decision.js';
import type { Draft, InstructionsDocument } from './document.js';
import { RULES } from './lint/index.js';
import type { Places } from './places.js';
import { shapeOf } from './shape.js';

/** More than anybody reads; a document with so many mistakes is mended in rounds. */
const MAX_FINDINGS = 500;

/** What the rules say of a document that has the right types wherever something stands. */
export function lint(document: Draft, facts: Facts, now: Date): Finding[] {
  return RULES.flatMap(({ rule, severity, article, find }) =>
    [...find({ document, facts, now })].map((objection) => ({ severity, rule, article, ...objection })),
  );
}

/** No rule falls silent where there are more findings than are told: the first of each comes before all others. */
function atMost(most: number, findings: readonly Finding[]): Finding[] {
  if (findings.length <= most) return [...findings];
  const firsts = new Set(new Map(findings.toReversed().map((finding) => [finding.rule, finding])).values());
  return [...firsts, ...findings.filter((finding) => !firsts.has(finding))].slice(0, most);
}

/** Is it said of one of these places, or of something in it? */
const isWithin = (path: string, places: ReadonlySet<string>): boolean =>
  path.split('/').some((_, depth, parts) => places.has(parts.slice(0, depth + 1).join('/')));

/**
 * Everything that is to be said of a document. An `error` keeps it from being approved; a `warning` needs to be
 * acknowledged by its rule. What is badly written no rule speaks of, since it cannot be read. What is missing is left
 * to the rule that demands it, if one does: a sentence about the law helps more than one about the schema.
 */
export function review(document: unknown, facts: Facts, now: Date): Finding[] {
  const { findings, missing, readable } = shapeOf(document);
  if (!readable) return atMost(MAX_FINDINGS, findings);
  const bad = new Set(findings.map(({ path }) => path).filter((path) => !missing.has(path)));
  const meant = lint(document as Draft, facts, now).filter(({ path }) => !isWithin(path, bad));
  const demanded = new Set(meant.filter(({ severity }) => severity === 'error').map(({ path }) => path));
  const shape = findings.filter(({ path }) => bad.has(path) || !demanded.has(path));
  return atMost(MAX_FINDINGS, [...shape, ...meant]);
}

/** Findings with line and column of what they name, where the document came as text. */
export const located = (findings: readonly Finding[], places: Places): Finding[] =>
  findings.map((finding) => ({ ...finding, ...places(finding.path) }));

/** Rules that speak of the form of a document, or of this release, not of the law. */
const NO_INFRINGEMENT: ReadonlySet<string> = new Set(['schema', 'not-carried-out']);

/** What the controller has to be told (Art. 28(3), last sentence): each rule that a document may infringe, once. */
export function infringements(findings: readonly Finding[]): { readonly rule: string; readonly severity: string }[] {
  const told = findings.filter(({ rule, severity }) => severity !== 'info' && !NO_INFRINGEMENT.has(rule));
  return [...new Map(told.map(({ rule, severity }) => [rule, { rule, severity }])).values()];
}

/** How many persons have to approve `next`: as it says, or as what is in force says, whichever asks for more. */
export const approvalsFor = (next: InstructionsDocument, inForce: InstructionsDocument | undefined): 1 | 2 =>
  next.contract?.approvals === 2 || inForce?.contract?.approvals === 2 ? 2 : 1;
