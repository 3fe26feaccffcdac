/** Calls a second that an account allows in the bench, by operation or service. */
export interface Rate {
  /** What shares the bucket: `ssm:SendCommand`, `eks`. */
  readonly name: string;
  readonly perSecond: number;
}

/**
 * Run Command publishes no rates, nor does EKS: what is taken here is slow on purpose. EC2's is its own, without the
 * burst of 100 that comes with it.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 */
export function rateOf(operation: string): Rate | undefined {
  const service = operation.split(':')[0];
  if (service === 'ssm') return { name: operation, perSecond: 5 };
  if (service === 'eks') return { name: service, perSecond: 10 };
  if (service === 'ec2') return { name: service, perSecond: 20 };
  return undefined;
}

/** One second of calls at once, and then as many as come back. */
class Bucket {
  #tokens: number;
  #at = performance.now();

  constructor(private readonly perSecond: number) {
    this.#tokens = perSecond;
  }

  take(): boolean {
    const now = performance.now();
    const back = ((now - this.#at) / 1_000) * this.perSecond;
    this.#tokens = Math.min(this.perSecond, this.#tokens + back);
    this.#at = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

/** The buckets of an account. */
export class Buckets {
  readonly #buckets = new Map<string, Bucket>();

  /** Whether this call is allowed now. */
  take(operation: string): boolean {
    const rate = rateOf(operation);
    if (rate === undefined) return true;
    const bucket = this.#buckets.get(rate.name) ?? new Bucket(rate.perSecond);
    this.#buckets.set(rate.name, bucket);
    return bucket.take();
  }
}
