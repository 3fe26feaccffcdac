import type { Account } from '../../../lib/simulator/account.js';
import { Bucket } from './bucket.js';
import { Faults, type Call, type Fault } from './fault.js';
import { accountOf } from './fleet.js';
import type { Operation } from './operation.js';
import type { Told } from './receivers.js';
import type { World } from './world.js';

/** Everything that the account remembers. */
export class FakeState {
  readonly bucket = new Bucket();
  readonly told: Told = { topic: [], events: [], hub: [] };
  calls: Call[] = [];
  step = '';
  account: Account;
  #faults = new Faults([]);

  constructor(
    private readonly base: object,
    world: World,
  ) {
    this.account = accountOf(world, base, () => new Date());
  }

  /** Another fleet in the same account. */
  become(world: World): void {
    this.account = accountOf(world, this.base, () => new Date());
  }

  /** From now on these things fail, and their counts begin. */
  fail(faults: readonly Fault[]): void {
    this.#faults = new Faults(faults);
  }

  /** Writes the call down, and says which fault it meets. */
  meet({ name, subject }: Operation): Fault | undefined {
    const call = { operation: name, subject, step: this.step };
    const fault = this.#faults.meet(call);
    this.calls.push(fault === undefined ? call : { ...call, met: fault.kind });
    return fault;
  }
}
