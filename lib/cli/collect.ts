import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { awsClients } from '../adapters/aws-clients.js';
import { printedLines, printedText } from '../core/render/lines.js';
import { plural } from '../core/text/format.js';
import { present } from '../core/text/present.js';
import { isSpan, secondsOf, SPAN_WORDS } from '../core/text/span.js';
import { VERSION } from '../version.js';
import { askingAws } from './asking-aws.js';
import { manifests } from './collect-manifests.js';
import { nodeOption, type NamedNode } from './collect-nodes.js';
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
