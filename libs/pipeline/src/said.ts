// What a person said in a content: their words, or the button that they tapped, whose title are words, too.
import type { Said } from '#libs/instructions';
import type { Content } from '#libs/kernel';

export const saidOf = (content: Content | null): Said => {
  if (content?.type === 'text') return { text: content.text, choice: null };
  if (content?.type === 'choice') return { text: content.title ?? null, choice: content.id };
  return { text: null, choice: null };
};
