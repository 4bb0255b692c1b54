// The log: which messages stand in it, in which state, and which suggestions are open.
import { choiceButton, message, setMeta, typing } from './messages.js';
import { t, time } from './texts.js';

const TYPING_MS = 6000;
const REASONS = { 409: 'refused', 413: 'tooLarge', 429: 'tooMany' };
/** Sending the same again would meet the same answer. */
const FINAL = new Set([409, 413]);

/** `onChoice` gets the button that was pressed, `onSend` a draft that is to be sent (again). */
export function createConversation({ log, suggestions, notice }, { onChoice, onSend }) {
  const shown = new Set();
  const pending = new Map();
  let writing = null;
  let timer;

  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const toEnd = () => log.scrollTo({ top: log.scrollHeight });

  // The composer grows, suggestions come and go: whoever was at the end stays there.
  let following = true;
  log.addEventListener('scroll', () => {
    following = atEnd();
  });
  new ResizeObserver(() => following && toEnd()).observe(log);

  function add(made) {
    const follow = atEnd() || made.classList.contains('own');
    log.append(made);
    if (follow) toEnd();
    // A picture has no height before it is loaded.
    for (const picture of made.querySelectorAll('img')) picture.addEventListener('load', () => follow && toEnd());
    return made;
  }

  function stopTyping() {
    clearTimeout(timer);
    writing?.remove();
    writing = null;
  }

  function startTyping() {
    stopTyping();
    writing = add(typing());
    timer = setTimeout(stopTyping, TYPING_MS);
  }

  function suggest(actions) {
    suggestions.replaceChildren(...actions.map((action) => choiceButton(action, onChoice)));
    suggestions.hidden = actions.length === 0;
  }

  /** Our message is kept; the stream may have shown it already under its id alone. */
  function sent(draftId, activityId, timestamp = new Date().toISOString()) {
    const mine = pending.get(draftId);
    if (!mine) return;
    pending.delete(draftId);
    if (shown.has(activityId)) mine.remove();
    else setMeta(mine, `${time(timestamp)} · ${t('sent')}`);
    shown.add(activityId);
  }

  function failed(draft, error) {
    const mine = pending.get(draft.id);
    if (!mine) return;
    mine.classList.add('failed');
    notice(t(REASONS[error.status] ?? 'failed'));
    setMeta(mine, t(REASONS[error.status] ?? 'failed'), FINAL.has(error.status) ? undefined : () => onSend(draft));
  }

  function take(activity) {
    const { id, from, channelData, suggestedActions } = activity;
    if (activity.type === 'typing') return startTyping();
    const draftId = channelData?.clientActivityID;
    if (from.role === 'user' && pending.has(draftId)) return sent(draftId, id, activity.timestamp);
    if (shown.has(id)) return;
    shown.add(id);
    stopTyping();
    add(message(activity, onChoice));
    suggest(suggestedActions?.actions ?? []);
  }

  return {
    take: (activities) => activities.forEach(take),
    sent,
    failed,
    /** Shows a draft as being sent: for the first time, or again. */
    sending(draft) {
      const before = pending.get(draft.id);
      suggest([]);
      notice('');
      if (before) {
        before.classList.remove('failed');
        return setMeta(before, t('sending'));
      }
      const attachments = draft.files.map((file) => ({
        contentType: file.type || 'application/octet-stream',
        name: file.name,
        ...(file.type.startsWith('image/') && { preview: URL.createObjectURL(file) }),
      }));
      const text = draft.button?.displayText ?? draft.text;
      pending.set(draft.id, add(message({ from: { role: 'user' }, text, attachments }, onChoice)));
    },
    clear() {
      stopTyping();
      for (const { src } of log.querySelectorAll('img[src^="blob:"]')) URL.revokeObjectURL(src);
      shown.clear();
      pending.clear();
      suggest([]);
      log.replaceChildren();
    },
  };
}
