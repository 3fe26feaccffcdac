import { randomUUID } from 'node:crypto';
import XMLBuilder from 'fast-xml-builder';
import type { Operations } from './aws-json.js';
import type { AwsResponse, Handler } from './http.js';
import { queryTree } from './query-tree.js';
import {
  asServiceError,
  refuseCall,
  unknownOperation,
  type ServiceError,
} from './service-error.js';

/** Escapes what it writes. */
const xml = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@' });
const NAMESPACE = 'http://ec2.amazonaws.com/doc/2016-11-15/';

/**
 * The EC2 query protocol: form parameters in, XML out. Lists are written as `{item: [...]}`.
 * @see https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
 */
export function ec2Query(operations: Operations): Handler {
  return ({ body }, account) => {
    try {
      const { Action: name = '', Version: _, ...input } = queryTree(new URLSearchParams(body));
      const action = typeof name === 'string' ? name : '';
      const operation = Object.hasOwn(operations, action) ? operations[action] : undefined;
      if (operation === undefined) throw unknownOperation('InvalidAction', 'ec2', action);
      refuseCall('UnauthorizedOperation', `ec2:${action}`, account);
      const content = {
        '@xmlns': NAMESPACE,
        requestId: randomUUID(),
        ...operation(input, account),
      };
      return xmlAnswer(200, { [`${action}Response`]: content });
    } catch (error) {
      return ec2Error(asServiceError(error));
    }
  };
}

/** An error in EC2's own shape. */
export function ec2Error({ code, message, status }: ServiceError): AwsResponse {
  const Errors = { Error: { Code: code, Message: message } };
  return xmlAnswer(status, { Response: { Errors, RequestID: randomUUID() } });
}

/** An error in the shape of the other query services, SNS and STS among them. */
export function queryError({ code, message, status }: ServiceError): AwsResponse {
  const content = { Type: 'Sender', Code: code, Message: message };
  return xmlAnswer(status, { ErrorResponse: { Error: content, RequestId: randomUUID() } });
}

/** An error in the shape of S3. */
export function s3Error({ code, message, status }: ServiceError): AwsResponse {
  return xmlAnswer(status, { Error: { Code: code, Message: message, RequestId: randomUUID() } });
}

/** An answer of XML. */
export function xmlAnswer(status: number, content: object): AwsResponse {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n${xml.build(content)}`;
  return { status, contentType: 'text/xml;charset=UTF-8', body };
}
