import type { AwsRequest } from '../../../lib/simulator/protocol/http.js';
import { keyOf } from './bucket.js';

/** What a request asks for. */
export interface Operation {
  /** `eks:DescribeCluster`: also the IAM action. */
  readonly name: string;
  readonly subject: string;
}

const eksPaths = [
  [/^\/clusters$/, 'ListClusters'],
  [/^\/clusters\/([^/]+)$/, 'DescribeCluster'],
  [/^\/clusters\/([^/]+)\/addons\/[^/]+$/, 'DescribeAddon'],
  [/^\/clusters\/([^/]+)\/node-groups$/, 'ListNodegroups'],
  [/^\/clusters\/([^/]+)\/node-groups\/([^/]+)$/, 'DescribeNodegroup'],
] as const;

/** Names the operation of a request that is signed for this service. */
export function operationOf(service: string, request: AwsRequest): Operation {
  const { url, headers, body, method } = request;
  switch (service) {
    case 'eks':
      return eksOperation(url.pathname);
    case 's3':
      return { name: `s3:${s3Action(method, url)}`, subject: keyOf(url) };
    case 'securityhub':
      return { name: 'securityhub:BatchImportFindings', subject: body };
    case 'tagging':
      // Its actions have another name than its signature.
      return { name: `tag:${targetOf(headers)}`, subject: body };
    case 'ssm':
    case 'events': {
      return { name: `${service}:${targetOf(headers)}`, subject: body };
    }
    default: {
      const form = new URLSearchParams(body);
      const subject = decodeURIComponent(form.get('TopicArn') ?? [...form.values()].join(' '));
      return { name: `${service}:${form.get('Action') ?? ''}`, subject };
    }
  }
}

function targetOf(headers: AwsRequest['headers']): string {
  return headers['x-amz-target']?.toString().split('.').pop() ?? '';
}

function eksOperation(path: string): Operation {
  for (const [pattern, action] of eksPaths) {
    const found = pattern.exec(path);
    if (found !== null) return { name: `eks:${action}`, subject: found.slice(1).join('/') };
  }
  return { name: `eks:${path}`, subject: path };
}

function s3Action(method: string, url: URL): string {
  if (method === 'PUT') return 'PutObject';
  if (method === 'DELETE') return 'DeleteObject';
  if (method === 'HEAD') return keyOf(url) === '' ? 'HeadBucket' : 'HeadObject';
  return keyOf(url) === '' ? 'ListBucket' : 'GetObject';
}
