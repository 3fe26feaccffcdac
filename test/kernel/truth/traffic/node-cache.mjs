/**
 * What NodeLocal DNSCache is to a kernel: it answers pods on UDP and TCP port 53 of its addresses, and
 * asks the cluster's DNS over one TCP connection that it keeps. `node-cache.mjs <upstream> <address>...`
 */
import { createSocket } from 'node:dgram';
import { connect, createServer } from 'node:net';
import { framed, unframed } from './dns-message.mjs';
import './open-loop.mjs';

const [upstream, ...addresses] = process.argv.slice(2);
const above = connect({ host: upstream, port: 53 });
await new Promise((resolve) => above.once('connect', resolve));

/** Who waits for the answer to which question: clients choose the same ids. */
const waiting = new Map();
let next = 0;
above.on(
  'data',
  unframed((answer) => {
    const { id, tell } = waiting.get(answer.readUInt16BE(0));
    waiting.delete(answer.readUInt16BE(0));
    answer.writeUInt16BE(id, 0);
    tell(answer);
  }),
);
function ask(query, tell) {
  next = (next + 1) % 65_536;
  waiting.set(next, { id: query.readUInt16BE(0), tell });
  const question = Buffer.from(query);
  question.writeUInt16BE(next, 0);
  above.write(framed(question));
}

for (const address of addresses) {
  const udp = createSocket('udp4');
  udp.on('message', (query, { address: client, port }) =>
    ask(query, (answer) => udp.send(answer, port, client)),
  );
  const tcp = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on(
      'data',
      unframed((query) => ask(query, (answer) => socket.write(framed(answer)))),
    );
  });
  await new Promise((resolve) => udp.bind(53, address, resolve));
  await new Promise((resolve) => tcp.listen(53, address, resolve));
}
process.stdout.write('ready\n');
