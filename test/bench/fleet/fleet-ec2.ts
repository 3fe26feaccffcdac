import { bundledShapes } from '../../../lib/core/limit/instance-shapes.js';
import { createAccount } from '../../../lib/simulator/account.js';
import type { AwsRequest, AwsResponse } from '../../../lib/simulator/protocol/http.js';
import { objects, texts, type Input, type Refusal } from '../../../lib/simulator/protocol/input.js';
import { queryTree } from '../../../lib/simulator/protocol/query-tree.js';
import { ServiceError } from '../../../lib/simulator/protocol/service-error.js';
import { ec2 as simulatedEc2 } from '../../../lib/simulator/services/ec2.js';
import { readFilters } from '../../../lib/simulator/services/ec2-filters.js';
import { instanceRecord, tagsOf } from './instance-record.js';
import { placed, type Layout } from './layout.js';
import type { Profiles } from './profiles.js';

const shapesOnly = createAccount({
  fleet: { clusters: [], bystanders: [] },
  instances: new Map(),
  shapes: bundledShapes,
  now: () => new Date(),
  dispatch: () => undefined,
  probe: '',
});

/** EC2 of the fleet. Answers that were given once are kept. */
export class FleetEc2 {
  readonly #types = new Map<string, AwsResponse>();
  readonly #chosen = new Map<string, readonly number[]>();

  constructor(
    private readonly layout: Layout,
    private readonly profiles: Profiles,
  ) {}

  handle(request: AwsRequest): AwsResponse {
    const input = queryTree(new URLSearchParams(request.body));
    if (input['Action'] === 'DescribeInstances') return this.#instances(input);
    const known = this.#types.get(request.body);
    if (known !== undefined) return known;
    const answer = simulatedEc2(request, shapesOnly);
    this.#types.set(request.body, answer);
    return answer;
  }

  #instances(input: Input): AwsResponse {
    const chosen = this.#wanted(input);
    const from = Number(input['NextToken'] ?? 0);
    const to = from + Number(input['MaxResults'] ?? 1_000);
    const records = chosen.slice(from, to).map((at) => {
      const node = placed(at, this.layout);
      return instanceRecord(node, this.profiles(node.groupAt).instanceType);
    });
    const next = to < chosen.length ? `<nextToken>${to}</nextToken>` : '';
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>fake</requestId><reservationSet>${records.join('')}</reservationSet>${next}</DescribeInstancesResponse>`;
    return { status: 200, contentType: 'text/xml;charset=UTF-8', body };
  }

  /** The nodes that pass the filters. All run, and each filter but that of the state is about tags. */
  #wanted(input: Input): readonly number[] {
    const key = JSON.stringify(objects(input, 'Filter', refuse));
    const known = this.#chosen.get(key);
    if (known !== undefined) return known;
    const accept = readFilters(input);
    const all = Array.from({ length: this.layout.nodes }, (_, at) => at);
    const wanted = all.filter((at) => {
      const tags = tagsOf(placed(at, this.layout));
      return accept((name) => {
        if (name === 'instance-state-name') return ['running'];
        if (name === 'tag-key') return Object.keys(tags);
        return texts({ value: tags[name.slice('tag:'.length)] }, 'value', refuse);
      });
    });
    this.#chosen.set(key, wanted);
    return wanted;
  }
}

const refuse: Refusal = (message) => new ServiceError('InvalidParameterValue', message);
