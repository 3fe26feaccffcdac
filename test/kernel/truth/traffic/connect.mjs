/**
 * A client of TCP connections to port 443: `connect.mjs '{"to":..,"held":..,"beat":..,"perSecond":..,"closeAfter":[..]}'`
 *
 * It holds some of them, and with `beat` writes every so many seconds on each. Others it opens at a
 * rate, and closes them at once; or with `closeAfter` the server closes first, and the program so many
 * seconds later (null: never), one after the other of the list.
 */
import { connect } from 'node:net';
import { atRate } from './open-loop.mjs';

const { to, held = 0, beat, perSecond, closeAfter } = JSON.parse(process.argv[2]);

function open(first) {
  const socket = connect({ host: to, port: 443, allowHalfOpen: true });
  socket.on('connect', () => socket.write(first));
  socket.resume();
  return socket;
}

const kept = [];
for (let at = 0; at < held; at += 1) {
  const socket = open('h');
  await new Promise((resolve) => socket.once('data', resolve));
  kept.push(socket);
}
if (beat !== undefined) {
  kept.forEach((socket, at) =>
    setTimeout(
      () => setInterval(() => socket.write('h'), beat * 1_000),
      (at / held) * beat * 1_000,
    ),
  );
}

function closeFirst() {
  const socket = open('h');
  socket.once('data', () => socket.end());
}
function closeLate(at) {
  const socket = open('c');
  const seconds = closeAfter[at % closeAfter.length];
  if (seconds !== null) socket.once('end', () => setTimeout(() => socket.end(), seconds * 1_000));
  else kept.push(socket);
}
const what = closeAfter === undefined ? closeFirst : closeLate;
if (perSecond !== undefined) atRate(perSecond, what);
process.stdout.write('ready\n');
