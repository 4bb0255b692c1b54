// Outbound messages to probe an adapter with: one of each type, and for each named limit one of exactly that size.
import type { Choice, OutboundContent, OutboundType } from '#libs/kernel';

const URL = 'https://files.example.org/a.png';
const choices = (count: number): readonly Choice[] =>
  Array.from({ length: count }, (_, index) => ({ id: `choice-${index}`, title: `Choice ${index}` }));
const one = (change: Partial<Choice>): readonly Choice[] => [{ id: 'choice', title: 'Choice', ...change }];
const chars = (count: number): string => 'x'.repeat(count);
const buttons = (list: readonly Choice[]): OutboundContent => ({ type: 'buttons', text: 'Which?', buttons: list });
const list = (rows: readonly Choice[], change: object = {}): OutboundContent => ({
  type: 'list',
  text: 'Which?',
  button: 'Open',
  sections: [{ title: 'All', rows }],
  ...change,
});
const media = (change: object): OutboundContent => ({ type: 'media', media: 'image', url: URL, ...change });

export const SAMPLES: Readonly<Record<OutboundType, OutboundContent>> = {
  text: { type: 'text', text: 'Good day' },
  media: media({ caption: 'A picture' }),
  buttons: buttons(choices(2)),
  list: list(choices(2)),
  template: { type: 'template', name: 'order_ready', language: 'en' },
  location: { type: 'location', latitude: 52.52, longitude: 13.405, name: 'Fountain' },
  reaction: { type: 'reaction', emoji: '👍' },
  read: { type: 'read' },
  typing: { type: 'typing' },
};

type Probe = (size: number) => OutboundContent;

/** `type.limit` → a message of exactly that size. A capability with a number that is not named here fails the suite. */
export const PROBES: Readonly<Record<string, Probe>> = {
  'text.maxLength': (size) => ({ type: 'text', text: chars(size) }),
  'text.maxChoices': (size) => ({ type: 'text', text: 'Which?', choices: choices(size) }),
  'text.maxChoiceTitle': (size) => ({ type: 'text', text: 'Which?', choices: one({ title: chars(size) }) }),
  'text.maxChoiceId': (size) => ({ type: 'text', text: 'Which?', choices: one({ id: chars(size) }) }),
  'text.maxChoiceDescription': (size) => ({ type: 'text', text: 'Which?', choices: one({ description: chars(size) }) }),
  'media.maxCaption': (size) => media({ caption: chars(size) }),
  'media.maxFileName': (size) => ({ ...media({ fileName: chars(size) }), media: 'document' }) as OutboundContent,
  'buttons.max': (size) => buttons(choices(size)),
  'buttons.maxTitle': (size) => buttons(one({ title: chars(size) })),
  'buttons.maxId': (size) => buttons(one({ id: chars(size) })),
  'buttons.maxText': (size) => ({ ...buttons(choices(1)), text: chars(size) }) as OutboundContent,
  'buttons.maxHeader': (size) => ({ ...buttons(choices(1)), header: chars(size) }) as OutboundContent,
  'buttons.maxFooter': (size) => ({ ...buttons(choices(1)), footer: chars(size) }) as OutboundContent,
  'list.maxRows': (size) => list(choices(size)),
  'list.maxTitle': (size) => list(one({ title: chars(size) })),
  'list.maxDescription': (size) => list(one({ description: chars(size) })),
  'list.maxId': (size) => list(one({ id: chars(size) })),
  'list.maxText': (size) => list(choices(1), { text: chars(size) }),
  'list.maxButton': (size) => list(choices(1), { button: chars(size) }),
  'list.maxSectionTitle': (size) => list([], { sections: [{ title: chars(size), rows: choices(1) }] }),
  'list.maxSections': (size) =>
    list([], {
      sections: Array.from({ length: size }, (_, index) => ({
        title: `Section ${index}`,
        rows: [{ id: `row-${index}`, title: `Row ${index}` }],
      })),
    }),
  'location.maxName': (size) => ({ ...SAMPLES.location, name: chars(size) }) as OutboundContent,
  'location.maxAddress': (size) => ({ ...SAMPLES.location, address: chars(size) }) as OutboundContent,
};
