import { PLACE } from './moto.js';
import type { Wish } from './role.js';

/** One request to AWS, as far as its permission depends on it. */
export interface Asked {
  readonly service: string;
  readonly method: string;
  readonly url: URL;
  readonly target: string;
  readonly body: string;
}

type Context = Wish['context'];

const { account, region } = PLACE;
const arn = (service: string, resource: string) =>
  `arn:aws:${service}:${region}:${account}:${resource}`;
const wish = (action: string, resource = '*', context: Context = {}): Wish => ({
  action,
  resource,
  context,
});

/**
 * What a request of the audit wants to do, in the words of IAM. Fails on one that no audit sent so far.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function wishesOf(asked: Asked, tagsOf: TagsOf): Wish[] {
  const wishes = Object.hasOwn(services, asked.service) ? services[asked.service] : undefined;
  if (wishes === undefined) throw unknown(asked);
  return wishes(asked, tagsOf);
}

/** The tags of an instance, by the keys of conditions. */
type TagsOf = (instanceId: string) => Context;

const services: Readonly<Record<string, (asked: Asked, tagsOf: TagsOf) => Wish[]>> = {
  ec2: (asked) => [ofQuery(asked)],
  eks: (asked) => [ofEks(asked)],
  events: (asked) => [ofEvents(asked)],
  iam: (asked) => [ofQuery(asked)],
  s3: (asked) => [ofS3(asked)],
  securityhub: () => [
    wish('securityhub:BatchImportFindings', arn('securityhub', `product/${account}/default`)),
  ],
  sns: (asked) => [ofQuery(asked)],
  ssm: ofSsm,
  // GetCallerIdentity needs no permission.
  sts: () => [],
  tagging: ({ target }) => [wish(`tag:${target.split('.').pop() ?? ''}`)],
};

function ofQuery({ service, body }: Asked): Wish {
  const form = new URLSearchParams(body);
  return wish(`${service}:${form.get('Action') ?? ''}`, form.get('TopicArn') ?? '*');
}

function ofS3(asked: Asked): Wish {
  const [, bucket = '', ...rest] = decodeURIComponent(asked.url.pathname).split('/');
  const key = rest.join('/');
  const query = asked.url.searchParams;
  if (key === '' && asked.method === 'GET' && query.has('list-type')) {
    const context = { 's3:prefix': [query.get('prefix') ?? ''] };
    return wish('s3:ListBucket', `arn:aws:s3:::${bucket}`, context);
  }
  const action = { GET: 's3:GetObject', HEAD: 's3:GetObject', PUT: 's3:PutObject' }[asked.method];
  if (key === '' || action === undefined) throw unknown(asked);
  return wish(action, `arn:aws:s3:::${bucket}/${key}`);
}

/** Paths of EKS, with the cluster first. */
const eksPaths: readonly [RegExp, action: string, resource: (...parts: string[]) => string][] = [
  [/^\/clusters$/, 'ListClusters', () => '*'],
  [/^\/clusters\/([^/]+)$/, 'DescribeCluster', (cluster) => arn('eks', `cluster/${cluster}`)],
  [
    /^\/clusters\/([^/]+)\/addons\/([^/]+)$/,
    'DescribeAddon',
    (cluster, addon) => arn('eks', `addon/${cluster}/${addon}/id`),
  ],
  [
    /^\/clusters\/([^/]+)\/node-groups$/,
    'ListNodegroups',
    (cluster) => arn('eks', `cluster/${cluster}`),
  ],
  [
    /^\/clusters\/([^/]+)\/node-groups\/([^/]+)$/,
    'DescribeNodegroup',
    (cluster, group) => arn('eks', `nodegroup/${cluster}/${group}/id`),
  ],
];

function ofEks(asked: Asked): Wish {
  for (const [path, action, resource] of eksPaths) {
    const [found, ...parts] = path.exec(asked.url.pathname) ?? [];
    if (found !== undefined && asked.method === 'GET') {
      return wish(`eks:${action}`, resource(...parts.map(decodeURIComponent)));
    }
  }
  throw unknown(asked);
}

function ofSsm({ target, body }: Asked, tagsOf: TagsOf): Wish[] {
  const action = `ssm:${target.split('.').pop() ?? ''}`;
  const input = JSON.parse(body) as {
    DocumentName?: string;
    Name?: string;
    InstanceIds?: string[];
  };
  const name = input.DocumentName ?? input.Name;
  const document = arn('ssm', `document/${name ?? ''}`);
  if (action === 'ssm:SendCommand') {
    const nodes = (input.InstanceIds ?? []).map((id) =>
      wish(action, arn('ec2', `instance/${id}`), tagsOf(id)),
    );
    return [wish(action, document), ...nodes];
  }
  return [name === undefined ? wish(action) : wish(action, document)];
}

function ofEvents({ target, body }: Asked): Wish {
  const { Entries } = JSON.parse(body) as { Entries: { Source: string }[] };
  const context = { 'events:source': Entries.map(({ Source }) => Source) };
  return wish(
    `events:${target.split('.').pop() ?? ''}`,
    arn('events', 'event-bus/default'),
    context,
  );
}

function unknown({ service, method, url, target }: Asked): Error {
  return new Error(`no permission is known for ${method} ${url.pathname} ${target} of ${service}`);
}
