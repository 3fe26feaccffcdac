/** The fake account as a process of its own: HTTP on 127.0.0.1 for the product, IPC for the test that drives it. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { probeOnce } from './fleet.js';
import { makeFront } from './front.js';
import type { Orders, Reply, Request, Telling } from './orders.js';
import { FakeState } from './state.js';

const base = await probeOnce();
let state = new FakeState(base, { clusters: [] });

const tell = (message: Reply | Telling) => process.send?.(message);

const orders: Orders = {
  reset(world) {
    state = new FakeState(base, world);
  },
  become(world) {
    state.become(world);
  },
  fail(faults) {
    state.fail(faults);
  },
  step(name) {
    state.step = name;
  },
  calls: () => state.calls,
  forgetCalls() {
    state.calls = [];
  },
  told: () => state.told,
  keys: (prefix) => [...state.bucket.objects.keys()].filter((key) => key.startsWith(prefix)),
  object: (key) => state.bucket.objects.get(key)?.body.toString('base64'),
};

const front = makeFront(() => state, {
  hanging(count) {
    tell({ kind: 'hanging', count });
  },
  crashed() {
    tell({ kind: 'crashed' });
  },
});
front.listen(0, '127.0.0.1');
await once(front, 'listening');

process.on('message', ({ id, order, args }: Request) => {
  const act: unknown = Reflect.get(orders, order);
  if (typeof act !== 'function') throw new Error(`this account takes no order '${order}'`);
  tell({ kind: 'reply', id, value: Reflect.apply(act, orders, args) });
});
// Whoever started this process is gone.
process.on('disconnect', () => process.exit(0));
tell({ kind: 'ready', port: (front.address() as AddressInfo).port });
