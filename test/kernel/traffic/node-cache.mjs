/**
 * What NodeLocal DNSCache is to a kernel: it answers lookups of pods on its own address, and asks the
 * cluster's DNS over one TCP connection that it keeps. `node-cache.mjs <address> <upstream>`
 */
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';

const [address, upstream] = process.argv.slice(2);
const cache = createSocket('udp4');
const above = connect({ host: upstream, port: 53 });
await new Promise((resolve) => above.once('connect', resolve));
cache.on('message', (query, { address: client, port }) => {
  above.write(query);
  cache.send(query, port, client);
});
above.resume();
cache.bind(53, address, () => process.stdout.write('ready\n'));
