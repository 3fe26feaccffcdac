/** The root user of the account, who asks where nobody else does. */
export const ROOT = 'arn:aws:iam::000000000000:root';

/** An error as an AWS service gives it. Each protocol writes it in its own shape. */
export class ServiceError extends Error {
  constructor(
    /** The code that clients branch on: `InvalidInstanceId`. */
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
    this.name = 'ServiceError';
  }
}

/** Any error for a client: the service's own, or a fault of the simulator with its message. */
export function asServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  return new ServiceError('InternalFailure', `fault of the simulator: ${String(error)}`, 500);
}

/** What an account keeps from whoever asks. */
interface Limits {
  readonly denied?: ReadonlySet<string>;
  readonly throttled?: ReadonlySet<string>;
  readonly caller?: string;
  /** Every action that was asked for. */
  readonly asked?: Set<string>;
}

/** Refuses what is throttled, and what the caller of the account may not do, in the words of the service. */
export function refuseCall(
  code: string,
  action: string,
  { denied, throttled, asked, caller = ROOT }: Limits,
): void {
  asked?.add(action);
  if (throttled?.has(action) === true) {
    // EC2 has a word of its own.
    throw action.startsWith('ec2:')
      ? new ServiceError('RequestLimitExceeded', 'Request limit exceeded.', 503)
      : new ServiceError('ThrottlingException', 'Rate exceeded', 429);
  }
  if (denied?.has(action) !== true) return;
  throw new ServiceError(code, `User: ${caller} is not authorized to perform: ${action}`, 403);
}

/** Refuses an operation that this account does not have, and never guesses an answer. */
export function unknownOperation(code: string, service: string, operation: string): ServiceError {
  return new ServiceError(
    code,
    `the simulated account has no operation '${operation}' of '${service}'`,
  );
}
