import type { Operation } from './aws-json.js';
import type { AwsResponse, Handler } from './http.js';
import { asServiceError, refuseCall, ServiceError } from './service-error.js';

/** `GET /clusters/{name}` and what answers it. Path and query parameters arrive as one input. */
export interface Route {
  readonly method: string;
  readonly path: string;
  /** The name of the operation, which is also that of its IAM action. */
  readonly name: string;
  readonly operation: Operation;
}

/**
 * The REST JSON protocol: method and path name the operation.
 * @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 */
export function restJson(service: string, routes: readonly Route[]): Handler {
  return ({ method, url }, account) => {
    try {
      for (const route of routes) {
        const labels = route.method === method ? match(route.path, url.pathname) : undefined;
        if (labels === undefined) continue;
        refuseCall('AccessDeniedException', `${service}:${route.name}`, account);
        const input = { ...Object.fromEntries(url.searchParams), ...labels };
        return answer(200, route.operation(input, account));
      }
      throw new ServiceError(
        'UnknownOperationException',
        `the simulated account has no operation '${method} ${url.pathname}' of '${service}'`,
        404,
      );
    } catch (error) {
      return restJsonError(asServiceError(error));
    }
  };
}

/** An error in the shape of this protocol: its code is a header. */
export function restJsonError({ code, message, status }: ServiceError): AwsResponse {
  return { ...answer(status, { message }), errorCode: code };
}

function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const labels: [string, string][] = [];
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith('{')) labels.push([part.slice(1, -1), decode(value)]);
    else if (part !== value) return undefined;
  }
  return Object.fromEntries(labels);
}

function decode(label: string): string {
  try {
    return decodeURIComponent(label);
  } catch {
    throw new ServiceError('InvalidParameterException', `'${label}' is not a valid path label`);
  }
}

function answer(status: number, body: object): AwsResponse {
  return { status, contentType: 'application/json', body: JSON.stringify(body) };
}
