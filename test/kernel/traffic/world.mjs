/**
 * What pods talk to: a DNS server on UDP and TCP port 53, and a server on TCP port 443. `world.mjs <address>`
 *
 * On 443 the first byte says what becomes of the connection: `h` is held, `c` is closed by this side first.
 */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

const [address] = process.argv.slice(2);
const dns = createSocket('udp4');
dns.on('message', (query, { address: client, port }) => dns.send(query, port, client));
const tcp = (port, answer) =>
  new Promise((resolve) => {
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (data) => answer(socket, data));
      socket.on('end', () => socket.end());
    });
    server.listen(port, address, 4_096, resolve);
  });

await new Promise((resolve) => dns.bind(53, address, resolve));
await tcp(53, (socket, query) => socket.write(query));
await tcp(443, (socket, data) => {
  if (data.toString() === 'c') socket.end('bye');
  else socket.write('ok');
});
process.stdout.write('ready\n');
