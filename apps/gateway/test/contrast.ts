// Measures the contrast of every visible text of a page, as WCAG 2.2 defines it (1.4.3).
import type { Page } from 'playwright-core';

/** Runs in the page. Disabled controls are exempt; backgrounds are plain colours. */
const MEASURE = `(() => {
  const rgb = (css) => css.match(/[\\d.]+/g).map(Number);
  const linear = (c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const behind = (element) => {
    const colour = rgb(getComputedStyle(element).backgroundColor);
    return colour[3] === 0 && element.parentElement ? behind(element.parentElement) : colour;
  };
  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
  return [...document.body.querySelectorAll('*')]
    .filter((element) => element.checkVisibility() && hasText(element) && !element.matches(':disabled, .unseen, .skip'))
    .map((element) => {
      const [a, b] = [light(rgb(getComputedStyle(element).color)), light(behind(element))].sort((x, y) => y - x);
      return { text: element.textContent.trim(), ratio: (a + 0.05) / (b + 0.05) };
    });
})()`;

export interface Contrast {
  readonly text: string;
  readonly ratio: number;
}

export const contrasts = (page: Page): Promise<readonly Contrast[]> => page.evaluate<Contrast[]>(MEASURE);
