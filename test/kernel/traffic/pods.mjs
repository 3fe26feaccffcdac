/**
 * Flows of pods, one after the other bounded in number, held until the process ends:
 * `pods.mjs '{"lookups":[{"from":..,"to":..,"count":..}],"tcp":[{"from":..,"to":..,"held":..,"closed":..,"halfClosed":..}]}'`
 */
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';

const MOST = 4_000;
const plan = JSON.parse(process.argv[2]);

/** A port is used once: the flow that had it before is still in the table. */
let port = 20_000;

/** One lookup from a socket of its own; done when it was answered, or sent where nobody answers. */
function lookUp(from, to, answered) {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    const done = () => socket.close(resolve);
    socket.on('error', reject);
    socket.on('message', done);
    socket.bind((port += 1), from, () =>
      socket.send('who is it', 53, to, () => answered || done()),
    );
  });
}

/** A connection that is held, closed from here, or closed from there and not from here. */
function open(from, to, end) {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: to, port: 443, localAddress: from, allowHalfOpen: true });
    socket.on('error', reject);
    socket.on('connect', () => socket.write(end === 'halfClosed' ? 'c' : 'h'));
    socket.on('data', () => end === 'closed' && socket.end());
    if (end === 'held') socket.once('data', resolve);
    if (end === 'closed') socket.on('close', resolve);
    if (end === 'halfClosed') socket.on('end', resolve);
  });
}

async function each(count, work) {
  if (count > MOST) throw new Error(`at most ${MOST} flows of a kind, got ${count}`);
  for (let at = 0; at < count; at += 50) {
    const size = Math.min(50, count - at);
    await Promise.all(Array.from({ length: size }, work));
  }
}

for (const { from, to, count, answered = true } of plan.lookups ?? []) {
  await each(count, () => lookUp(from, to, answered));
}
for (const { from, to, ...ends } of plan.tcp ?? []) {
  for (const [end, count] of Object.entries(ends)) await each(count, () => open(from, to, end));
}
process.stdout.write('ready\n');
setInterval(() => undefined, 60_000);
