/**
 * Lookups that are sent once, each from a socket of its own, whether or not they are answered: demand
 * that a full table does not slow down. `ask.mjs '{"to":..,"perSecond":..}'`
 */
import { createSocket } from 'node:dgram';
import { questionFor } from './dns-message.mjs';
import { atRate } from './open-loop.mjs';

const PATIENCE_MS = 2_000;
const { to, perSecond } = JSON.parse(process.argv[2]);
const question = questionFor('api.example.com');

/** A port that is used again while its entry lives makes that a stream, which lives for 120 s. */
const FIRST_PORT = 1_024;
atRate(perSecond, (at) => {
  const socket = createSocket('udp4');
  const timer = setTimeout(() => socket.close(), PATIENCE_MS);
  // A full table of the node's own namespace refuses nothing here: it only loses what is sent.
  socket.on('message', () => {
    clearTimeout(timer);
    socket.close();
  });
  socket.bind(FIRST_PORT + at, () => socket.send(question, 53, to));
});
process.stdout.write('ready\n');
