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

/** Refuses what the caller of the account may not do, in the words of the service. */
export function refuseDenied(
  code: string,
  action: string,
  { denied, caller = ROOT }: { readonly denied?: ReadonlySet<string>; readonly caller?: string },
): void {
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
