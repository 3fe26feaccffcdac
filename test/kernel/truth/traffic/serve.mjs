/**
 * A server on TCP port 443: `serve.mjs <address>`. The first byte says what becomes of a connection:
 * `h` is held, `c` is closed from here first. Never closes what its client has not closed otherwise.
 */
import { createServer } from 'node:net';
import './open-loop.mjs';

const [address] = process.argv.slice(2);
const server = createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => socket.destroy());
  socket.on('data', (data) => (data.toString() === 'c' ? socket.end('bye') : socket.write('ok')));
  socket.on('end', () => socket.end());
});
server.listen(443, address, 4_096, () => process.stdout.write('ready\n'));
