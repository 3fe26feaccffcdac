import type { Call, Fault } from './fault.js';
import type { Told } from './receivers.js';
import type { World } from './world.js';

/** What a test may ask of the account. */
export interface Orders {
  /** An account with this fleet, an empty bucket, and nobody told. */
  reset(world: World): void;
  /** The same account with another fleet. */
  become(world: World): void;
  fail(faults: readonly Fault[]): void;
  /** The orchestrator's step that begins now. */
  step(name: string): void;
  calls(): readonly Call[];
  forgetCalls(): void;
  told(): Told;
  keys(prefix: string): readonly string[];
  /** An object of the bucket in base64. */
  object(key: string): string | undefined;
}

export interface Request {
  readonly id: number;
  readonly order: keyof Orders;
  readonly args: readonly unknown[];
}

export interface Reply {
  readonly kind: 'reply';
  readonly id: number;
  readonly value: unknown;
}

/** What the account says unasked. */
export type Telling =
  | { readonly kind: 'ready'; readonly port: number }
  | { readonly kind: 'hanging'; readonly count: number }
  | { readonly kind: 'crashed' };
