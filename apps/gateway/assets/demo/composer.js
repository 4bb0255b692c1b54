// The composer: a text that grows with its lines, files that wait, Enter to send.
import { waiting } from './messages.js';
import { t } from './texts.js';

const MB = 1024 * 1024;
const fits = (files) =>
  files.length <= 5 &&
  files.every(({ size }) => size <= 10 * MB) &&
  files.reduce((sum, { size }) => sum + size, 0) <= 20 * MB;

export function createComposer({ notice, onSubmit }) {
  const [form, text, picker, attach, list] = ['composer', 'text', 'picker', 'attach', 'files'].map((id) =>
    document.getElementById(id),
  );
  let files = [];

  function setFiles(next) {
    files = next;
    list.hidden = files.length === 0;
    list.replaceChildren(
      ...files.map((file) =>
        waiting(file, () => {
          setFiles(files.filter((one) => one !== file));
          text.focus();
        }),
      ),
    );
  }

  function submit() {
    const written = text.value.trim();
    if (written === '' && files.length === 0) return;
    onSubmit({ text: written, files });
    text.value = '';
    setFiles([]);
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  text.addEventListener('keydown', (event) => {
    // While an input method composes a word, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  attach.addEventListener('click', () => picker.click());
  picker.addEventListener('change', () => {
    const next = [...files, ...picker.files];
    picker.value = '';
    if (!fits(next)) return notice(t('filesLimit'));
    notice('');
    setFiles(next);
    text.focus();
  });

  return {
    enable(enabled) {
      for (const control of form.elements) control.disabled = !enabled;
      if (!enabled) setFiles([]);
    },
    /** After a button was pressed. Not on phones, where it would bring up the keyboard. */
    focus({ always = false } = {}) {
      if (always || matchMedia('(hover: hover)').matches) text.focus({ preventScroll: true });
      else document.getElementById('log').focus({ preventScroll: true });
    },
  };
}
