import type { Account } from '../account.js';
import type { AwsRequest, AwsResponse, Handler } from './http.js';
import { isObject, type Input } from './input.js';
import { asServiceError, refuseCall, ServiceError, unknownOperation } from './service-error.js';

/** One operation: reads its parameters, may change the account, gives the members of its answer. */
export type Operation = (input: Input, account: Account) => object;

/** Operations by name. Another one is another entry. */
export type Operations = Readonly<Record<string, Operation>>;

/**
 * The AWS JSON 1.1 protocol: the operation stands in `X-Amz-Target`.
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export function awsJson(service: string, operations: Operations): Handler {
  return (request, account) => {
    try {
      const name = request.headers['x-amz-target']?.toString().split('.').pop() ?? '';
      const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (operation === undefined)
        throw unknownOperation('UnknownOperationException', service, name);
      refuseCall('AccessDeniedException', `${service}:${name}`, account);
      return answer(200, operation(parseInput(request), account));
    } catch (error) {
      return awsJsonError(asServiceError(error));
    }
  };
}

/** An error in the shape of this protocol. */
export function awsJsonError({ code, message, status }: ServiceError): AwsResponse {
  return { ...answer(status, { __type: code, message }), errorCode: code };
}

function parseInput({ body }: AwsRequest): Input {
  let input: unknown;
  try {
    input = JSON.parse(body === '' ? '{}' : body);
  } catch (error) {
    throw new ServiceError('SerializationException', `the body is not JSON: ${String(error)}`);
  }
  if (isObject(input)) return input;
  throw new ServiceError('SerializationException', 'the body is not a JSON object');
}

function answer(status: number, body: object): AwsResponse {
  return { status, contentType: 'application/x-amz-json-1.1', body: JSON.stringify(body) };
}
