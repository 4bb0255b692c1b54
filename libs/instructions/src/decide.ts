// The decision: pure, closed-world, deny wins. Nothing is stored or disclosed without a mandate from here.
import { grantMandate, type Category, type ChannelEvent, type Mandate } from '#libs/kernel';
import type { CompiledInstructions, Decision, Ruling, SubjectState } from './decision.js';

const DROP: Ruling = { do: 'drop', clause: 'default:identifier-not-listed' };
const NO_PURPOSE = { do: 'drop', clause: 'default:no-purpose-covers-it' } as const;

/** Events that concern a person who can be answered: without a kept routing identifier they are refused. */
const PERSONAL: ReadonlySet<string> = new Set([
  'message',
  'edit',
  'revoke',
  'reaction',
  'watermark',
  'identity-change',
]);

/** Whether a purpose uses a category at all, and which. */
export const cover = (compiled: CompiledInstructions, category: Category): Ruling<'keep' | 'drop'> => {
  const clause = compiled.storing[category]?.clause;
  return clause ? { do: 'keep', clause } : NO_PURPOSE;
};

/** The permission to store what this event leaves: the categories that purposes cover, under the first such purpose. */
function storeMandate(compiled: CompiledInstructions, categories: readonly Category[]): Mandate {
  const { purpose, clause } = compiled.storing.routing!;
  const { tenantId, version, hash } = compiled;
  return grantMandate({ tenantId, operation: 'Store', purpose, categories, instruction: { version, hash, clause } });
}

/** The permission to keep and send our own answers: follows from a purpose that covers answering at all. */
export function replyMandate(compiled: CompiledInstructions): Mandate | null {
  const routing = compiled.storing.routing;
  if (!routing) return null;
  const categories = (['routing', 'content'] as const).filter((c) => compiled.storing[c]);
  const { tenantId, version, hash } = compiled;
  return grantMandate({
    tenantId,
    operation: 'Transmit',
    purpose: routing.purpose,
    categories,
    instruction: { version, hash, clause: routing.clause },
  });
}

/** The permission to read for a stated purpose, or null when the document has no such purpose. */
export function consultMandate(compiled: CompiledInstructions, purpose: string): Mandate | null {
  const covered = (Object.entries(compiled.storing) as [Category, { purpose: string; clause: string }][]).filter(
    ([, c]) => c.purpose === purpose,
  );
  if (covered.length === 0) return null;
  const { tenantId, version, hash } = compiled;
  const categories = covered.map(([category]) => category);
  return grantMandate({
    tenantId,
    operation: 'Consult',
    purpose,
    categories,
    instruction: { version, hash, clause: covered[0]![1].clause },
  });
}

/**
 * What the instructions say of one event. Pure: the same document, state and event give the same answer to an auditor.
 * A restriction (Art. 18) does not stop storing; it stops what `minimise` would disclose.
 */
export function decide(compiled: CompiledInstructions | null, _state: SubjectState, event: ChannelEvent): Decision {
  if (!compiled) return { outcome: 'refused', cause: 'no-instructions', clause: 'default:no-instructions' };
  const channel = compiled.channels[event.channel];
  if (!channel?.enabled)
    return { outcome: 'refused', cause: 'channel-not-enabled', clause: `/channels/${event.channel}` };
  if (!compiled.storing.routing) return { outcome: 'refused', cause: 'not-instructed', clause: NO_PURPOSE.clause };

  if (event.group) return { outcome: 'refused', cause: 'group', clause: 'default:groups-off' };

  const identifiers: Record<string, Ruling> = {};
  let answerable = false;
  for (const { key } of event.identifiers) {
    const ruling = (identifiers[key] ??= channel.identifiers[key] ?? DROP);
    if (ruling.do === 'block') return { outcome: 'refused', cause: 'identifier-blocked', clause: ruling.clause };
    if (ruling.do === 'keep') answerable = true;
  }
  if (!answerable && PERSONAL.has(event.body.type))
    return { outcome: 'refused', cause: 'no-routing-identifier', clause: DROP.clause };

  const content = cover(compiled, 'content');
  const attachments = cover(compiled, 'attachments');
  const categories: Category[] = ['routing'];
  if (content.do === 'keep') categories.push('content');
  if (attachments.do === 'keep') categories.push('attachments');
  const { files } = channel;
  return { outcome: 'accepted', identifiers, content, attachments, files, store: storeMandate(compiled, categories) };
}
