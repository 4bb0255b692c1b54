// A bot for Parley in one file. npm install standardwebhooks, then: BOT_SECRET=whsec_… PORT=4000 node bot.mjs
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

const webhook = new Webhook(process.env.BOT_SECRET ?? '');
const answered = new Map();

function answer({ event, message }) {
  if (event !== 'message') return { messages: [] };
  if (message.choice === 'hours') return { messages: [{ type: 'text', text: 'Monday to Friday, 9:00 to 17:00.' }] };
  const choices = [{ id: 'hours', title: 'Opening hours' }];
  return { messages: [{ type: 'text', text: `I am an automated assistant. You wrote: ${message.text}`, choices }] };
}

/** The same webhook-id is the same message: it gets the same answer, and nothing is done twice. */
function answerOnce(id, turn) {
  const reply = answered.get(id) ?? answer(turn);
  answered.set(id, reply);
  if (answered.size > 1000) answered.delete(answered.keys().next().value);
  return reply;
}

async function serve(request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  try {
    // The raw body, not the parsed one: the signature covers its bytes. Also refuses what is older than five minutes.
    const turn = webhook.verify(Buffer.concat(chunks), request.headers);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answerOnce(request.headers['webhook-id'], turn)));
  } catch {
    response.writeHead(401).end();
  }
}

const server = createServer((request, response) => void serve(request, response));

server.listen(Number(process.env.PORT ?? 4000), '127.0.0.1', () => {
  process.stdout.write(`listening on ${server.address().port}\n`);
});
