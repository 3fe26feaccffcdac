import type { Command } from '../judge/command.js';
import type { Assessment } from '../judge/finding.js';

/** The default name of this program: that of its command. */
export const OWN_NAME = 'conntrack-auditor';

/** The command as people type it, for a program with this name. */
export function commandText(command: Command, program: string): string {
  if (command.name === 'node') return `${program} node`;
  if (command.name === 'collect') {
    return `${program} collect --cluster <name> --bucket <output BucketName of the stack>`;
  }
  const { remedy, limit, cluster = '', asksDnsAddress } = command;
  const options = [
    // What is no name of a cluster is not pasted into a shell.
    ...(isClusterName(cluster) ? [`--cluster ${cluster}`] : []),
    ...(limit === undefined ? [] : [`--limit ${limit}`]),
    ...(asksDnsAddress === true ? ['--dns-address <ClusterIP of kube-dns>'] : []),
  ];
  return [program, 'fix', remedy, ...options].join(' ');
}

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
function isClusterName(text: string): boolean {
  return /^[0-9A-Za-z][\w-]{0,99}$/.test(text);
}

/** The steps of a remedy for people, the last one with this program's command. */
export function stepTexts({ steps, command }: Assessment, program: string): string[] {
  if (command === undefined) return [...steps];
  const text = commandText(command, program);
  return [...steps, lastStep(command, text)];
}

function lastStep({ name }: Command, text: string): string {
  if (name === 'node') {
    return `read it where you can log in: ${text} (as root, in the host’s network namespace)`;
  }
  if (name === 'collect') return `let EKS collect it: ${text} | kubectl apply -f -`;
  return `ready to apply: ${text}`;
}
