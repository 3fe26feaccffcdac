import { randomUUID } from 'node:crypto';
import type { Operations } from './aws-json.js';
import { queryError, xmlAnswer } from './ec2-query.js';
import type { Handler } from './http.js';
import { queryTree } from './query-tree.js';
import { asServiceError, refuseCall, unknownOperation } from './service-error.js';

/**
 * The AWS query protocol: form parameters in, XML out. Lists are written as `{member: [...]}`.
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function awsQuery(service: string, namespace: string, operations: Operations): Handler {
  return ({ body }, account) => {
    try {
      const { Action: name = '', Version: _, ...input } = queryTree(new URLSearchParams(body));
      const action = typeof name === 'string' ? name : '';
      const operation = Object.hasOwn(operations, action) ? operations[action] : undefined;
      if (operation === undefined) throw unknownOperation('InvalidAction', service, action);
      refuseCall('AccessDenied', `${service}:${action}`, account);
      const content = {
        '@xmlns': namespace,
        [`${action}Result`]: operation(input, account),
        ResponseMetadata: { RequestId: randomUUID() },
      };
      return xmlAnswer(200, { [`${action}Response`]: content });
    } catch (error) {
      return queryError(asServiceError(error));
    }
  };
}
