/** The cluster's DNS, on UDP and TCP port 53: `dns.mjs <address>` */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { answerTo, framed, unframed } from './dns-message.mjs';
import './open-loop.mjs';

const [address] = process.argv.slice(2);
const udp = createSocket('udp4');
udp.on('message', (query, { address: client, port }) => udp.send(answerTo(query), port, client));
const tcp = createServer((socket) => {
  socket.on('error', () => socket.destroy());
  socket.on(
    'data',
    unframed((query) => socket.write(framed(answerTo(query)))),
  );
});
await new Promise((resolve) => udp.bind(53, address, resolve));
tcp.listen(53, address, 4_096, () => process.stdout.write('ready\n'));
