/**
 * A client of TCP connections to port 443: `connect.mjs '{"to":..,"held":..,"perSecond":..,"closeAfter":[..],"beat":..}'`
 *
 * It holds some of them. Others it begins at a rate, and closes them first, at once; or with
 * `closeAfter` the server closes first, and the program so many seconds later (null: never), one after
 * the other of the list. With `beat` it writes every so many seconds on what it holds.
 */
import { connect } from 'node:net';
import { atRate } from './open-loop.mjs';

const { to, held = 0, perSecond, closeAfter, beat } = JSON.parse(process.argv[2]);

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
  const write = () => kept.forEach((socket) => socket.write('h'));
  setInterval(write, beat * 1_000);
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
if (perSecond !== undefined) atRate(perSecond, closeAfter === undefined ? closeFirst : closeLate);
process.stdout.write('ready\n');
