// The load generator, a process of its own: raw keep-alive sockets, each sends the next request when it has its answer.
import net from 'node:net';
import { request, whatsAppText } from './payloads.mjs';

const TEXT = 'Hello, my order has not arrived yet. Could you tell me when it will be here? Thank you.';

/** Reads answers off a socket and says the status of each. */
function answersOn(socket, answered) {
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const end = rest.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = rest.toString('latin1', 0, end);
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      if (rest.length < end + 4 + length) return;
      rest = rest.subarray(end + 4 + length);
      answered(Number(head.slice(9, 12)));
    }
  });
}

/** Answers counts of what was acknowledged between the first request and the last answer within the time. */
async function run({ target, seconds, connections, people, count }) {
  const { hostname, port } = new URL(target.url);
  const accounts = target.accounts ?? [target];
  const requests = Array.from({ length: count }, (_, n) => {
    const to = accounts[n % accounts.length];
    return request(to, whatsAppText({ account: to.account, person: n % people, text: `${TEXT} ${n}` }));
  });
  let next = 0;
  let acknowledged = 0;
  const refused = {};
  const started = performance.now();
  const deadline = started + seconds * 1000;
  await Promise.all(
    Array.from(
      { length: connections },
      () =>
        new Promise((resolve, reject) => {
          const socket = net.connect({ host: hostname, port: Number(port), noDelay: true });
          const send = () => {
            if (next >= requests.length || performance.now() > deadline) return (socket.end(), resolve());
            socket.write(requests[next++]);
          };
          socket.once('connect', send);
          socket.once('error', reject);
          socket.once('close', resolve);
          answersOn(socket, (status) => {
            if (status === 200) acknowledged++;
            else refused[status] = (refused[status] ?? 0) + 1;
            send();
          });
        }),
    ),
  );
  const took = (performance.now() - started) / 1000;
  return { perSecond: acknowledged / took, acknowledged, refused, ranOut: next >= requests.length };
}

process.on('message', (job) => {
  run(job).then(
    (result) => process.send({ result }),
    (error) => process.send({ error: error.message }),
  );
});
