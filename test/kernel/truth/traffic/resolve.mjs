/**
 * A program that resolves names one after the other with getaddrinfo of the C library, as most programs
 * do, under the resolv.conf of its pod: `resolve.mjs '{"perSecond":..,"names":[..]}'`
 */
import { lookup } from 'node:dns/promises';
import { atRate } from './open-loop.mjs';

const { perSecond, names } = JSON.parse(process.argv[2]);
// A name that nobody answers is a fault of the lab: it ends the program, and the lab notices.
for (const name of new Set(names)) await lookup(name, { all: true });
atRate(perSecond, (at) => lookup(names[at % names.length], { all: true }));
process.stdout.write('ready\n');
