import type { Simulator } from '../../lib/simulator/start-simulator.js';

/** Points a real SDK client at a simulated account. It tries once: a refusal is a result here. */
export function clientConfig({ endpoint }: Simulator) {
  return {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
}
