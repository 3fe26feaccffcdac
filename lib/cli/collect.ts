import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { callerAccount } from '../adapters/account-identity.js';
import { awsClients, type AwsClients } from '../adapters/aws-clients.js';
import { BundleAddresses } from '../adapters/bundle-addresses.js';
import { Ec2Nodes } from '../adapters/ec2-nodes.js';
import { needed } from '../adapters/service-error.js';
import { nodeDiagnostics } from '../core/bundle/node-diagnostic.js';
import { printedLines, printedText } from '../core/render/lines.js';
import { plural } from '../core/text/format.js';
import { present } from '../core/text/present.js';
import { isSpan, secondsOf, SPAN_WORDS } from '../core/text/span.js';
import { tickRunId } from '../run-id.js';
import { VERSION } from '../version.js';
import { askingAws } from './asking-aws.js';
import { nodeOption, nodesToCollect, type NamedNode } from './collect-nodes.js';
import { resolveSettings } from './settings.js';
import type { Terminal } from './terminal.js';

/** The agent takes 20 minutes at most. House choice: room for what comes before. */
const EXPIRES = 3_600;
/** A signature lasts 7 days at most. */
const LONGEST = 604_800;

/** `collect`: manifests by which nodes that nobody can ask make support bundles, for audits to read. */
export function collectCommand(terminal: Terminal) {
  return new Command('collect')
    .description('print NodeDiagnostics by which nodes of EKS Auto Mode make support bundles')
    .requiredOption('--cluster <name>', 'cluster of the nodes')
    .requiredOption('--bucket <name>', 'bucket of the runs: output BucketName of the stack')
    .option(
      '--node <node>',
      'this node alone, by its instance id; of another kind as <node name>=<instance id> (again for more)',
      nodeOption,
    )
    .option('--region <region>', 'Region of cluster and bucket (default: as the AWS SDK finds it)')
    .option('--profile <name>', 'profile of ~/.aws/config (default: as the AWS SDK finds it)')
    .option('--expires <time>', 'how long the addresses take a bundle (default: 1h)', expiry)
    .addHelpText(
      'after',
      '\nIt asks EC2 for the nodes, and nothing of Kubernetes: pipe it to kubectl apply -f -. Needs s3:PutObject under bundles/ of the bucket.\nWhoever has an address puts one object there until it expires.',
    )
    .action(async ({ cluster, bucket, node, region, profile, expires = EXPIRES }) => {
      const { nodeTagKeys } = await resolveSettings({});
      const clients = awsClients({ version: VERSION, ...present({ region, profile }) });
      try {
        const asked = { cluster, bucket, expires, nodeTagKeys, ...present({ named: node }) };
        const { text, nodes } = await askingAws({ clients, profile }, () =>
          manifests(clients, asked, new Date()),
        );
        terminal.write(printedText(text));
        terminal.note(printedLines(notesOf(nodes)));
      } finally {
        clients.destroy();
      }
    });
}

interface Asked {
  readonly cluster: string;
  readonly bucket: string;
  readonly expires: number;
  readonly nodeTagKeys: readonly string[];
  readonly named?: readonly NamedNode[];
}

async function manifests(clients: AwsClients, asked: Asked, now: Date) {
  const { cluster, bucket, expires, nodeTagKeys, named } = asked;
  const account = await needed(
    'sts:GetCallerIdentity',
    'of the caller',
    callerAccount(clients.sts),
  );
  if (account === undefined) throw new Error('the service names no account of the caller');
  const running = await new Ec2Nodes(clients.ec2, nodeTagKeys).nodes([{ name: cluster }]);
  const nodes = nodesToCollect(running, cluster, named);
  const place = { bucket, account, region: await clients.region() };
  const addresses = new BundleAddresses(clients.s3, place);
  const at = tickRunId(now.toISOString());
  const collecting = await Promise.all(
    nodes.map(async ({ nodeName, instanceId }) => ({
      nodeName,
      destination: await addresses.address(instanceId, at, expires),
    })),
  );
  return { text: nodeDiagnostics(collecting), nodes };
}

function notesOf(nodes: readonly NamedNode[]): string[] {
  const names = nodes.map(({ nodeName }) => nodeName).join(' ');
  return [
    `${plural(nodes.length, 'NodeDiagnostic')}; apply: pipe it to kubectl apply -f -`,
    'each takes minutes, at most 20: kubectl get nodediagnostics -o yaml says how far it is',
    'the next audit reads the bundles, and reads them for a day; they are deleted after two',
    `take away: kubectl delete nodediagnostics ${names}`,
  ];
}

function expiry(text: string): number {
  const seconds = isSpan(text) ? secondsOf(text) : Infinity;
  if (seconds <= LONGEST) return seconds;
  throw new InvalidArgumentError(`should be ${SPAN_WORDS}, at most 7d, got '${text}'`);
}
