// The page in the language of its reader: texts.json, English where a language is not in it.
const { language: locale } = navigator;
const all = await (await fetch(new URL('./texts.json', import.meta.url))).json();
const language = locale.split('-')[0] in all ? locale.split('-')[0] : 'en';

/** Text by key; `{name}` is filled. */
export const t = (key, values = {}) =>
  all[language][key].replace(/\{(\w+)\}/g, (_whole, name) => String(values[name] ?? ''));

export const time = (iso) =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(new Date(iso));

export const size = (bytes) =>
  bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} kB`
    : `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(bytes / 1024 / 1024)} MB`;

/** Fills what the page says of itself: `data-text` is content, `data-label` the accessible name, `data-hint` the placeholder. */
export function fillPage() {
  document.documentElement.lang = language;
  document.title = t('title');
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = t(element.dataset.text);
  for (const element of document.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', t(element.dataset.label));
    if (element.matches('button')) element.title = t(element.dataset.label);
  }
  for (const element of document.querySelectorAll('[data-hint]')) element.placeholder = t(element.dataset.hint);
}
