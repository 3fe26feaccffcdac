import type { AwsRequest, AwsResponse } from '../../../lib/simulator/protocol/http.js';
import { isLost, placed, type Layout, type Placed } from './layout.js';
import type { Profiles } from './profiles.js';

const PAGE = 50;

interface Asked {
  readonly CommandId?: string;
  readonly InstanceId?: string;
  readonly InstanceIds?: readonly string[];
  readonly DocumentName?: string;
  readonly Comment?: string;
  readonly NextToken?: string;
  readonly Filters?: readonly { readonly Key: string; readonly Values: readonly string[] }[];
}

interface Sent {
  readonly id: string;
  readonly document: string;
  readonly comment: string;
  readonly instanceIds: readonly string[];
}

/** Systems Manager of the fleet. A command has ended when it is sent: each node says what its profile says. */
export class FleetSsm {
  readonly #nodes: ReadonlyMap<string, Placed>;
  readonly #ids: readonly string[];
  readonly #sent: Sent[] = [];
  readonly #byId = new Map<string, Sent>();

  constructor(
    layout: Layout,
    private readonly profiles: Profiles,
  ) {
    const all = Array.from({ length: layout.nodes }, (_, at) => placed(at, layout));
    this.#nodes = new Map(all.map((node) => [node.instanceId, node]));
    this.#ids = all.map(({ instanceId }) => instanceId);
  }

  handle({ headers, body }: AwsRequest): AwsResponse {
    const asked = JSON.parse(body) as Asked;
    const action = String(headers['x-amz-target']).split('.').pop() ?? '';
    switch (action) {
      case 'DescribeInstanceInformation':
        return json(this.#information(asked));
      case 'SendCommand':
        return json(this.#send(asked));
      case 'ListCommands':
        return json(this.#commands(asked));
      case 'ListCommandInvocations':
        return json(this.#invocations(asked));
      case 'GetCommandInvocation':
        return json(this.#invocation(asked));
      default:
        throw new Error(`this fleet knows no ${action}`);
    }
  }

  #information({ Filters: [filter] = [], NextToken }: Asked): object {
    const ids = filter?.Values ?? this.#ids;
    const { items, next } = pageOf(ids, NextToken);
    const InstanceInformationList = items.flatMap((id) => {
      const node = this.#nodes.get(id);
      return node === undefined ? [] : [information(node)];
    });
    return { InstanceInformationList, ...next };
  }

  #send({ DocumentName: document = '', Comment: comment = '', InstanceIds = [] }: Asked): object {
    const id = `00000000-0000-4000-8000-${String(this.#sent.length).padStart(12, '0')}`;
    const sent = { id, document, comment, instanceIds: InstanceIds };
    this.#sent.push(sent);
    this.#byId.set(id, sent);
    return { Command: command(sent) };
  }

  /** The newest first. */
  #commands({ CommandId, NextToken }: Asked): object {
    const all = CommandId === undefined ? this.#sent.toReversed() : [this.#command(CommandId)];
    const { items, next } = pageOf(all, NextToken);
    return { Commands: items.map(command), ...next };
  }

  #invocations({ CommandId, NextToken }: Asked): object {
    const sent = this.#command(CommandId);
    const { items, next } = pageOf(sent.instanceIds, NextToken);
    return { CommandInvocations: items.map((id) => this.#listed(sent, id)), ...next };
  }

  #listed(sent: Sent, instanceId: string): object {
    const at = { ResponseStartDateTime: 1_795_000_001, ResponseFinishDateTime: 1_795_000_004 };
    const urls = { StandardOutputUrl: '', StandardErrorUrl: '' };
    const state = { Status: 'Success', StatusDetails: 'Success' };
    const plugin = { Name: 'runShellScript', ...state, ResponseCode: 0, ...at, ...urls };
    const bucket = { OutputS3Region: 'us-east-1', OutputS3BucketName: '', OutputS3KeyPrefix: '' };
    return {
      CommandId: sent.id,
      InstanceId: instanceId,
      InstanceName: '',
      Comment: sent.comment,
      ...{ DocumentName: sent.document, DocumentVersion: '$DEFAULT' },
      RequestedDateTime: 1_795_000_000,
      ...state,
      ...urls,
      CommandPlugins: [{ ...plugin, ...bucket, Output: this.#said(instanceId) }],
      ServiceRole: '',
      NotificationConfig: { NotificationArn: '', NotificationEvents: [], NotificationType: '' },
      CloudWatchOutputConfig: { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: false },
    };
  }

  #invocation({ CommandId = '', InstanceId = '' }: Asked): object {
    const state = { Status: 'Success', StatusDetails: 'Success', ResponseCode: 0 };
    const said = { StandardOutputContent: this.#said(InstanceId), StandardErrorContent: '' };
    return { CommandId, InstanceId, PluginName: 'runShellScript', ...state, ...said };
  }

  #said(instanceId: string): string {
    const node = this.#nodes.get(instanceId);
    return node === undefined ? '' : this.profiles(node.groupAt).text;
  }

  #command(id = ''): Sent {
    const sent = this.#byId.get(id);
    if (sent === undefined) throw new Error(`no command has the id '${id}'`);
    return sent;
  }
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_InstanceInformation.html */
function information({ instanceId, at }: Placed): object {
  const address = `10.${Math.floor(at / 250) % 250}.${at % 250}.4`;
  return {
    InstanceId: instanceId,
    PingStatus: isLost(at) ? 'ConnectionLost' : 'Online',
    LastPingDateTime: 1_795_000_000,
    AgentVersion: '3.3.3270.0',
    IsLatestVersion: false,
    PlatformType: 'Linux',
    PlatformName: 'Amazon Linux',
    PlatformVersion: '2023',
    ResourceType: 'EC2Instance',
    IPAddress: address,
    ComputerName: `ip-${address.replaceAll('.', '-')}.ec2.internal`,
    SourceId: instanceId,
    SourceType: 'AWS::EC2::Instance',
  };
}

function command({ id, document, comment, instanceIds }: Sent): object {
  const count = instanceIds.length;
  return {
    CommandId: id,
    DocumentName: document,
    DocumentVersion: '$DEFAULT',
    Comment: comment,
    ExpiresAfter: 1_795_000_120,
    Parameters: {},
    InstanceIds: instanceIds,
    Targets: [],
    RequestedDateTime: 1_795_000_000,
    ...{ Status: 'Success', StatusDetails: 'Success' },
    ...{ MaxConcurrency: '100%', MaxErrors: '100%', TimeoutSeconds: 60 },
    ...{ TargetCount: count, CompletedCount: count, ErrorCount: 0, DeliveryTimedOutCount: 0 },
  };
}

function pageOf<T>(items: readonly T[], token = '0') {
  const from = Number(token);
  const next = from + PAGE < items.length ? { NextToken: String(from + PAGE) } : {};
  return { items: items.slice(from, from + PAGE), next };
}

function json(value: object): AwsResponse {
  return {
    status: 200,
    contentType: 'application/x-amz-json-1.1',
    body: JSON.stringify(value),
  };
}
