// The page: opens the chat when the person asks for it, and passes between the composer, the log and the gateway.
import { createComposer } from './composer.js';
import { createConversation } from './conversation.js';
import { createClient } from './directline.js';
import { fillPage, t } from './texts.js';

const $ = (id) => document.getElementById(id);

fillPage();

const notice = (text) => {
  $('notice').textContent = text;
  $('notice').hidden = text === '';
};

const client = createClient({
  siteKey: document.querySelector('meta[name="parley-site-key"]').content,
  onState: show,
  onActivities: (activities) => conversation.take(activities),
});
const conversation = createConversation(
  { log: $('log'), suggestions: $('suggestions'), notice },
  { onSend: send, onChoice: (action) => post({ text: action.text, button: action, files: [] }) },
);
const composer = createComposer({ notice, onSubmit: post });

function show(state) {
  const open = state !== 'closed' && state !== 'over';
  $('chat').dataset.state = state;
  $('state').textContent = t(`state-${state}`);
  $('welcome').hidden = open;
  $('log').hidden = !open;
  $('end').hidden = !open;
  composer.enable(open);
  if (open) return;
  conversation.clear();
  const again = state === 'over';
  $('welcome-title').textContent = t(again ? 'overTitle' : 'welcomeTitle');
  $('welcome-text').textContent = t(again ? 'overText' : 'welcomeText');
  $('open').textContent = t(again ? 'again' : 'open');
}

let opening = null;

/** Answers whether it is open; asked twice at once, it opens once. */
function open() {
  opening ??= begin().finally(() => {
    opening = null;
  });
  return opening;
}

async function begin() {
  notice('');
  try {
    await client.start();
    return true;
  } catch {
    client.forget();
    show('closed');
    notice(t('openFailed'));
    return false;
  }
}

async function send(draft) {
  conversation.sending(draft);
  try {
    conversation.sent(draft.id, await client.send(draft));
  } catch (error) {
    conversation.failed(draft, error);
  }
}

/** The id is ours for as long as the message is on its way: sent again under it, the message is still one. */
async function post({ text, button, files }) {
  if (!client.hasSession() && !(await open())) return;
  composer.focus();
  await send({ id: crypto.randomUUID?.() ?? String(Math.random()).slice(2), text, button, files });
}

async function openAndWrite() {
  if (await open()) composer.focus({ always: true });
}

$('open').addEventListener('click', () => void openAndWrite());
$('end').addEventListener('click', () => {
  client.forget();
  show('over');
  $('open').focus();
});
for (const example of document.querySelectorAll('.try button')) {
  example.addEventListener('click', () => {
    $('chat').scrollIntoView({ block: 'nearest' });
    void post({ text: example.textContent, files: [] });
  });
}

show('closed');
if (client.hasSession()) {
  // What was said before is not read out again.
  $('log').setAttribute('aria-live', 'off');
  await open();
  setTimeout(() => $('log').setAttribute('aria-live', 'polite'), 2000);
}
