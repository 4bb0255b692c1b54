// Activities as elements: bubbles, buttons, files. Text nodes only: what a bot or a person wrote is never markup.
import { size, t, time } from './texts.js';

const HERO_CARD = 'application/vnd.microsoft.card.hero';

/** `properties` are DOM properties; `aria-*` and `role` attributes. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('aria-') || name === 'role') made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children);
  return made;
}

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  return svg;
}

const LINK = /(https?:\/\/[^\s<>"]+[^\s<>"'.,:;!?)\]])/;

const link = (href, properties, ...children) =>
  element('a', { href, target: '_blank', rel: 'noopener noreferrer', ...properties }, ...children);

/** Addresses in a text become links; nothing else becomes anything. */
const words = (text) => text.split(LINK).map((part, index) => (index % 2 === 1 ? link(part, {}, part) : part));

const isWeb = (url) => URL.canParse(url, location.href) && /^https?:$/.test(new URL(url, location.href).protocol);
const isOurs = (url) => new URL(url, location.href).origin === location.origin;

/** Pictures of other servers are links: showing them would tell those servers who is reading. */
function fileOf({ contentType, contentUrl, name, preview }) {
  const label = name ?? t('file');
  const picture = contentType.startsWith('image/') && !contentType.startsWith('image/svg');
  const shown = preview ?? (contentUrl && isWeb(contentUrl) && isOurs(contentUrl) ? contentUrl : undefined);
  if (picture && shown) return element('img', { className: 'picture', src: shown, alt: label });
  const text = element('span', {}, label);
  if (contentUrl && isWeb(contentUrl)) return link(contentUrl, { className: 'file' }, icon('file'), text);
  return element('span', { className: 'file' }, icon('file'), text);
}

export const choiceButton = (action, onChoice) =>
  element('button', { type: 'button', className: 'choice', onclick: () => onChoice(action) }, action.title);

function cardOf({ title, buttons = [] }, onChoice) {
  const actions = element('div', { className: 'choices' }, ...buttons.map((action) => choiceButton(action, onChoice)));
  return element('div', { className: 'card' }, ...(title ? [element('strong', {}, title)] : []), actions);
}

/** A message as it stands in the log. `timestamp` is missing while it is on its way. */
export function message(activity, onChoice) {
  const { from, text, attachments = [], timestamp } = activity;
  const own = from.role === 'user';
  const empty = !text && attachments.length === 0;
  const bubble = element(
    'div',
    { className: 'bubble' },
    element('span', { className: 'unseen' }, t(own ? 'you' : 'bot'), ' '),
    ...(text ? [element('p', {}, ...words(text))] : []),
    ...(empty ? [element('p', { className: 'not-kept' }, t('notKept'))] : []),
    ...attachments.map((one) => (one.contentType === HERO_CARD ? cardOf(one.content, onChoice) : fileOf(one))),
  );
  const meta = element('p', { className: 'meta' }, timestamp ? time(timestamp) : t('sending'));
  return element('div', { className: `message ${own ? 'own' : 'theirs'}` }, bubble, meta);
}

/** What stands under a message of ours: when it was sent, or why it was not and how to try again. */
export function setMeta(shown, text, onRetry) {
  const retry = onRetry && element('button', { type: 'button', className: 'retry', onclick: onRetry }, t('retry'));
  shown.querySelector('.meta').replaceChildren(text, ...(retry ? [' ', retry] : []));
}

export const typing = () =>
  element(
    'div',
    { className: 'message theirs typing' },
    element(
      'div',
      { className: 'bubble' },
      element('span', { className: 'unseen' }, t('typing')),
      ...[1, 2, 3].map(() => element('i')),
    ),
  );

/** A file that waits in the composer. */
export function waiting(file, onRemove) {
  const remove = { type: 'button', 'aria-label': t('remove', { name: file.name }), onclick: onRemove };
  return element(
    'li',
    {},
    icon('file'),
    element('span', { className: 'name' }, file.name),
    element('span', { className: 'size' }, size(file.size)),
    element('button', remove, icon('close')),
  );
}
