import { conductOf, type Conduct } from './behaviours.js';
import { isError, type Command, type Invocation, type InvocationState } from './commands.js';
import type { SimulatedNode } from './fleet.js';
import type { NodeRunner, Script } from './node-runner.js';
import type { ServiceClock } from './service-clock.js';
import type { ScriptResult } from './ssm-agent.js';

/** What a dispatcher works with. */
export interface DispatcherParts {
  readonly nodeOf: (instanceId: string) => SimulatedNode;
  readonly runner: NodeRunner;
  readonly clock: ServiceClock;
}

const ends: Readonly<Record<ScriptResult['status'], InvocationState>> = {
  Success: 'Success',
  Failed: 'Failed',
  TimedOut: 'Execution Timed Out',
};

/**
 * Carries commands to nodes, as each node behaves. Nodes of a command begin in the order in which
 * they were named, `MaxConcurrency` at once, and once more than `MaxErrors` have failed, those that have
 * not begun are `Terminated`. Unlike the service's, the start is not slow: it does not go 1, 2, 4.
 */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  #stopped = false;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  /** Begins with the command's nodes and returns at once. */
  dispatch(command: Command): void {
    const queue = [...command.invocations];
    const workers = Math.min(command.maxConcurrency.nodes, queue.length);
    for (let count = 0; count < workers; count++) void this.#work(command, queue);
  }

  /** No command changes any more afterwards. */
  stop(): void {
    this.#stopped = true;
    this.#parts.clock.stop();
  }

  async #work(command: Command, queue: Invocation[]): Promise<void> {
    for (let next = queue.shift(); next !== undefined && !this.#stopped; next = queue.shift()) {
      const invocation = next;
      await this.#carryOut(command, invocation).catch((error: unknown) => {
        this.#end(invocation, 'Failed', faultResult(error));
      });
    }
  }

  async #carryOut(command: Command, invocation: Invocation): Promise<void> {
    const node = this.#parts.nodeOf(invocation.instanceId);
    const conduct = conductOf(node.behaviour);
    if (isGivenUp(command)) this.#end(invocation, 'Terminated');
    else if ('script' in conduct) await this.#run(command, invocation, node, conduct.script);
    else if (conduct.ends === 'never') await this.#neverEnd(invocation);
    else await this.#endWithout(command, invocation, conduct);
  }

  async #run(
    command: Command,
    invocation: Invocation,
    node: SimulatedNode,
    change: (lines: readonly string[]) => readonly string[],
  ): Promise<void> {
    const { commandId, executionSeconds: timeoutSeconds } = command;
    const result = await this.#parts.runner.run(node, (): Script | undefined => {
      // Others may have failed while it waited for its place.
      if (isGivenUp(command)) return undefined;
      this.#begin(invocation);
      return { lines: change(command.lines), commandId, timeoutSeconds };
    });
    this.#end(invocation, result === undefined ? 'Terminated' : ends[result.status], result);
  }

  #neverEnd(invocation: Invocation): Promise<never> {
    this.#begin(invocation);
    return new Promise(() => undefined);
  }

  async #endWithout(
    { deliverySeconds, executionSeconds }: Command,
    invocation: Invocation,
    { ends: state, after }: Extract<Conduct, { readonly after: string }>,
  ): Promise<void> {
    if (after === 'delivery timeout') await this.#parts.clock.wait(deliverySeconds);
    if (after === 'execution timeout') {
      this.#begin(invocation);
      await this.#parts.clock.wait(executionSeconds);
    }
    this.#end(invocation, state);
  }

  #begin(invocation: Invocation): void {
    invocation.startedAt = this.#parts.clock.now();
    invocation.state = 'In Progress';
  }

  #end(invocation: Invocation, state: InvocationState, result?: ScriptResult): void {
    if (this.#stopped) return;
    invocation.endedAt = this.#parts.clock.now();
    invocation.state = state;
    if (result !== undefined) invocation.result = result;
  }
}

function isGivenUp({ invocations, maxErrors }: Command): boolean {
  return invocations.filter(isError).length > maxErrors.nodes;
}

/** A fault of the simulator shows as stderr of the node on which it happened. */
function faultResult(error: unknown): ScriptResult {
  const stderr = `fault of the simulator: ${String(error)}`;
  return { status: 'Failed', responseCode: -1, stdout: '', stderr, pluginOutput: stderr };
}
