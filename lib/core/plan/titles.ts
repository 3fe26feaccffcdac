import { plural } from '../text/format.js';
import type { Member } from './candidate.js';

/** What the title of an action is made of. */
export interface Titled {
  readonly cluster: string;
  /** Absent where it is done once for the whole cluster. */
  readonly nodeGroup?: string;
  readonly instanceType?: string;
  readonly members: readonly Member[];
}

type Title = (titled: Titled) => string;

/** `web in storefront`, or `storefront`. */
function where({ cluster, nodeGroup }: Titled): string {
  return nodeGroup === undefined ? cluster : `${nodeGroup} in ${cluster}`;
}

const titles: Readonly<Record<string, Title>> = {
  'restart-kube-proxy': ({ cluster }) => `Restart kube-proxy in ${cluster}`,
  'grow-hash': (one) => `Give the hash of ${where(one)} more buckets`,
  'grow-policy-table': ({ cluster }) =>
    `Give the network policy agent a larger table in ${cluster}`,
  'shorten-vpc-idle-timeout': (one) => `Let EC2 forget idle connections of ${where(one)} sooner`,
  'spread-workload': (one) => `Spread the pods of ${where(one)} over its nodes`,
  'node-local-dns-cache': ({ cluster, members }) =>
    `${members.some(isThere) ? 'Finish' : 'Install'} NodeLocal DNSCache in ${cluster}`,
  'spread-coredns': ({ cluster }) => `Spread CoreDNS over more nodes in ${cluster}`,
  'resize-instance': resize,
  'shorten-timeouts': ({ cluster }) =>
    `Shorten the timeouts of TCP connections that only wait in ${cluster}`,
  'shorten-udp-timeout': ({ cluster }) => `Let entries of lookups over UDP go sooner in ${cluster}`,
  'lower-ndots': (one) => `Lower ndots in the pods of ${where(one)}`,
  'no-aaaa': (one) => `Ask for IPv4 addresses alone in the pods of ${where(one)}`,
  'sequential-dns-lookups': (one) => `Set single-request-reopen in the pods of ${where(one)}`,
  'dns-over-tcp': (one) => `Set use-vc in the pods of ${where(one)}`,
  'reach-node': reach,
};

/** An action in the imperative, with its parameters and where it is done. */
export function titleOf(remedy: { readonly id: string; readonly title: string }, one: Titled) {
  return titles[remedy.id]?.(one) ?? `${remedy.title}: ${where(one)}`;
}

function isThere({ assessment }: Member): boolean {
  return /\bfinish/i.test(`${assessment.reason} ${assessment.steps.join(' ')}`);
}

function resize({ cluster, nodeGroup = '', instanceType, members }: Titled): string {
  const now = members[0]?.finding.nodes[0]?.instanceType;
  const instead = now === undefined ? '' : ` in place of ${now}`;
  return `Give ${nodeGroup} of ${cluster} ${instanceType ?? 'a larger type'}${instead}`;
}

/** Nodes that did not answer are one thing to do; a reading that nobody believes is another. */
function reach({ cluster, members }: Titled): string {
  const silent = members.filter(({ finding }) => finding.rule === 'node-silent');
  const doubted = members.filter(({ finding }) => finding.rule !== 'node-silent');
  const parts = [
    ...(silent.length === 0 ? [] : [`make ${nodesOf(silent, 'silent node')} readable`]),
    ...(doubted.length === 0 ? [] : [`read ${nodesOf(doubted, 'doubtful node')} again by hand`]),
  ].join(' and ');
  return `${parts.charAt(0).toUpperCase()}${parts.slice(1)} in ${cluster}`;
}

function nodesOf(members: readonly Member[], noun: string): string {
  const ids = members.flatMap(({ finding }) => finding.nodes.map(({ instanceId }) => instanceId));
  const amount = new Set(ids).size;
  return amount === 1 ? `the ${noun}` : plural(amount, noun);
}
