import type { Gap, GapReason } from '../core/node/gap.js';
import { present } from '../core/text/present.js';
import { printable } from '../core/text/printable.js';

/** Codes of the system for a connection that ended too early. */
const CUT = /^(ECONNRESET|EPIPE)$/;

/** Codes of the system for an address that nobody knows. */
const UNKNOWN_HOST = /^(ENOTFOUND|EAI_AGAIN)$/;

/** What a gap keeps of a service's own words. */
const DETAIL_LIMIT = 300;

/** Words by which services refuse who asks, whatever is asked. */
const CREDENTIALS =
  /^(CredentialsProviderError|TokenProviderError|ExpiredToken(Exception)?|RequestExpired|UnrecognizedClientException|InvalidClientTokenId|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature(Exception)?|MissingAuthenticationToken(Exception)?|AuthFailure|OptInRequired)$/;

const REFUSALS =
  /^(AccessDenied(Exception)?|UnauthorizedOperation|AuthorizationError(Exception)?)$/;

/** The services have many words for it. */
const THROTTLES =
  /throttl|^(RequestLimitExceeded|TooManyRequests(Exception)?|RateExceeded|SlowDown|BandwidthLimitExceeded|PriorRequestNotComplete)/i;

const TIMEOUTS = /^(TimeoutError|AbortError|RequestTimeout(Exception)?)$/;

/** Why a call has no answer. */
export class Failure {
  constructor(
    /** The IAM action of the call, which is also its name: `eks:DescribeCluster`. */
    readonly operation: string,
    readonly reason: GapReason,
    /** What the service said, printable and at most 300 characters. */
    readonly detail: string,
  ) {}

  /** The same as what an audit goes on without. `cluster` if it is about one. */
  gap(about: Gap['about'], subject: string, cluster?: string): Gap {
    const { operation, reason, detail } = this;
    return { about, subject, ...present({ cluster }), operation, reason, detail };
  }
}

/** What ends an audit: operation, subject, reason and what would help, in one line. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  /** The call that has no answer, and why. */
  readonly failure: Failure | undefined;

  constructor(message: string, { failure, ...options }: ErrorOptions & { failure?: Failure } = {}) {
    super(message, options);
    this.failure = failure;
  }
}

/** Why this call failed. An error about who calls is about every call: it is thrown again as it is. */
export function failureOf(operation: string, error: unknown): Failure {
  if (isAboutCredentials(error)) throw error;
  return new Failure(operation, reasonOf(error), detailOf(error));
}

/** Whether a service, or the search for them, refused the credentials. */
export function isAboutCredentials(error: unknown): boolean {
  return CREDENTIALS.test(nameOf(error));
}

/**
 * Whether nobody knows the address of the service: a Region that does not exist, or no network. Looks at what an error
 * was caused by as well.
 */
export function isUnknownHost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return UNKNOWN_HOST.test(codeOf(error)) || isUnknownHost(error.cause);
}

/** Whether what was asked for does not exist. By HTTP status: a stand-in may not have the service's own error. */
export function isNotFound(error: unknown): boolean {
  return statusOf(error) === 404;
}

/**
 * The answer of a call without which no audit goes on.
 *
 * @param subject what was asked, with its preposition: `in eu-west-1`, `of s3://bucket/key`
 */
export async function needed<T>(
  operation: string,
  subject: string,
  answer: Promise<T>,
): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw endedBy(failureOf(operation, error), subject, error);
  }
}

/** The error that ends an audit because of this failure. */
export function endedBy(failure: Failure, subject: string, cause?: unknown): ServiceError {
  const { operation, reason, detail } = failure;
  const says: Readonly<Record<GapReason, string>> = {
    'not-permitted': `was refused: ${detail}; the role needs ${operation}`,
    throttled: `was throttled at each try: ${detail}`,
    'timed-out': `was not answered in time: ${detail}`,
    failed: `failed: ${detail}`,
  };
  return new ServiceError(`${operation} ${subject} ${says[reason]}`, { cause, failure });
}

/** A list that an answer should hold. Without it the answer is broken, and not an empty list. */
export function listed<T>(items: readonly T[] | undefined, name: string): readonly T[] {
  if (items === undefined) throw new Error(`the answer has no ${name}`);
  return items;
}

/** Whether a service refused a call because there were too many. */
export function isThrottle(error: unknown): boolean {
  return THROTTLES.test(nameOf(error)) || statusOf(error) === 429;
}

function reasonOf(error: unknown): GapReason {
  const name = nameOf(error);
  const status = statusOf(error);
  if (isThrottle(error)) return 'throttled';
  if (REFUSALS.test(name) || status === 403) return 'not-permitted';
  // The SDK calls a connection that was cut a timeout, and no time has passed.
  if (CUT.test(codeOf(error))) return 'failed';
  return TIMEOUTS.test(name) ? 'timed-out' : 'failed';
}

/** The first line: what follows is for programmers. */
function detailOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const [line = ''] = text.replace(/^@smithy\/node-http-handler - (\[ERROR\] )?/, '').split('\n');
  return printable(line === '' ? nameOf(error) : line.trim(), DETAIL_LIMIT);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : '';
}

function statusOf(error: unknown): number | undefined {
  const { $metadata } = (error ?? {}) as { readonly $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode;
}
