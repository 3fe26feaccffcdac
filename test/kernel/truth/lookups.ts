import { addresses, nodeTimeouts, type LabNode } from './lab-node.js';
import type { Load } from './pod.js';
import { changed, type Change, type Scenario } from './scenario.js';
import type { Work } from './lab.js';

/** Low, so that any machine keeps it, and so that ports of a pod are seldom used again. */
const PER_SECOND = 5;

const LONGER = ['api.example.com', 'img.cdn.example.org'];
const TWO_LABELS = ['example.com'];
const SERVICES = ['api', 'web.shop'];

const { udp_timeout: UDP, tcp_timeout_time_wait: TIME_WAIT } = nodeTimeouts;

/** Connections that lookups share the table with. */
const held: Load = { program: 'connect', plan: { to: addresses.coreDns, held: 40 } };

/** A pod that resolves these names in turn. */
function resolving(names: readonly string[]) {
  return (node: LabNode): Work => [
    {
      pod: node.addPod(),
      loads: [held, { program: 'resolve', plan: { perSecond: PER_SECOND, names } }],
    },
  ];
}

/** The pod's resolver under other options than `ndots:5`. */
function options(text: string) {
  return (node: LabNode) => {
    for (const pod of node.pods) pod.resolveWith(text);
  };
}

const external = 'names of two dots or more';

const changes: readonly Change[] = [
  {
    lab: 'local',
    remedy: 'node-local-dns-cache',
    scenario: external,
    work: resolving(LONGER),
    lives: [UDP, UDP],
    apply: (node) => node.installNodeLocalDns(),
  },
  {
    lab: 'ndots',
    remedy: 'lower-ndots',
    scenario: external,
    work: resolving(LONGER),
    lives: [UDP, UDP],
    apply: options('ndots:2'),
  },
  {
    lab: 'half',
    remedy: 'lower-ndots',
    scenario: 'half of the names are services of the cluster',
    work: resolving([...LONGER, ...SERVICES]),
    lives: [UDP, UDP],
    apply: options('ndots:2'),
  },
  {
    lab: 'two',
    remedy: 'lower-ndots',
    scenario: 'names of one dot',
    work: resolving(TWO_LABELS),
    lives: [UDP, UDP],
    apply: options('ndots:2'),
  },
  {
    lab: 'dot',
    remedy: 'trailing-dot',
    scenario: 'every name gets a dot, as under ndots:1',
    work: resolving(LONGER),
    lives: [UDP, UDP],
    apply: options('ndots:1'),
  },
  {
    lab: 'reopen',
    remedy: 'sequential-dns-lookups',
    scenario: external,
    work: resolving(LONGER),
    lives: [UDP, UDP],
    apply: options('ndots:5 single-request-reopen'),
  },
  {
    lab: 'vc',
    remedy: 'dns-over-tcp',
    scenario: external,
    work: resolving(LONGER),
    lives: [UDP, TIME_WAIT],
    apply: options('ndots:5 use-vc'),
  },
  {
    lab: 'vc60',
    remedy: 'dns-over-tcp',
    scenario: 'on a node whose TIME_WAIT is 60 s',
    work: resolving(LONGER),
    set: { tcp_timeout_time_wait: 60 },
    lives: [UDP, 60],
    apply: options('ndots:5 use-vc'),
  },
  {
    lab: 'udp10',
    remedy: 'shorten-udp-timeout',
    scenario: 'udp_timeout of 10 s in place of 30 s',
    work: resolving(LONGER),
    lives: [UDP, 10],
    apply: (node) => {
      node.set({ udp_timeout: 10 });
    },
  },
  {
    lab: 'noaaaa',
    remedy: 'no-aaaa',
    scenario: external,
    work: resolving(LONGER),
    lives: [UDP, UDP],
    apply: options('ndots:5 no-aaaa'),
  },
];

export const lookups: readonly Scenario[] = changes.map(changed);
