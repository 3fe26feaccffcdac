import { setTimeout } from 'node:timers/promises';
import type { Weighed } from '../../../lib/core/judge/remedy.js';
import type { Work } from './lab.js';
import { addresses, nodeTimeouts, type LabNode, type Timeouts } from './lab-node.js';
import { predict, rowOf } from './row.js';
import { changed, inLab, type Change, type Scenario } from './scenario.js';

const PER_SECOND = 5;
const REMEDY = 'shorten-timeouts';

/** A pod that holds some connections, and does this with others that it opens. */
function connecting(plan: Readonly<Record<string, unknown>>) {
  return (node: LabNode): Work => [
    {
      pod: node.addPod(),
      loads: [{ program: 'connect', plan: { to: addresses.coreDns, held: 40, ...plan } }],
    },
  ];
}

/** Sets what the remedy says to set on the node; where it has no step, what it would be set to. */
function obey(otherwise: Timeouts) {
  return (node: LabNode, weighed: Weighed | undefined) => {
    const [, settings] = /sysctl -w (.+)$/.exec(weighed?.steps[0] ?? '') ?? [];
    if (settings === undefined) node.set(otherwise);
    else node.network.run('sysctl', ['-qw', ...settings.split(' ')]);
  };
}

/** TIME_WAIT of what was CLOSE_WAIT, short enough to be waited for, and to leave alone. */
const TIME_WAIT = 20;

const changes: readonly Change[] = [
  {
    lab: 'tw',
    remedy: REMEDY,
    scenario: 'TIME_WAIT of 30 s in place of 120 s',
    work: connecting({ perSecond: PER_SECOND }),
    lives: [nodeTimeouts.tcp_timeout_time_wait, 30],
    apply: obey({ tcp_timeout_time_wait: 30 }),
  },
  {
    lab: 'cw80',
    remedy: REMEDY,
    scenario: 'CLOSE_WAIT of 60 s in place of 3,600 s, where programs close after 80 s',
    work: connecting({ perSecond: PER_SECOND, closeAfter: [80] }),
    set: { tcp_timeout_time_wait: TIME_WAIT },
    lives: [80 + TIME_WAIT, 60 + TIME_WAIT],
    apply: obey({ tcp_timeout_close_wait: 60 }),
  },
  {
    lab: 'cw15',
    remedy: REMEDY,
    scenario: 'CLOSE_WAIT of 60 s in place of 3,600 s, where half of the programs close after 15 s',
    work: connecting({ perSecond: PER_SECOND, closeAfter: [15, 80] }),
    set: { tcp_timeout_time_wait: TIME_WAIT },
    lives: [80 + TIME_WAIT, 60 + TIME_WAIT],
    apply: obey({ tcp_timeout_close_wait: 60 }),
  },
  {
    lab: 'cwleak',
    remedy: REMEDY,
    scenario: 'CLOSE_WAIT of 60 s in place of 120 s, where programs never close',
    work: connecting({ perSecond: PER_SECOND, closeAfter: [null] }),
    set: { tcp_timeout_close_wait: 120 },
    lives: [120, 60],
    apply: obey({ tcp_timeout_close_wait: 60 }),
  },
];

/** Long enough that a shorter timeout would show in what is sent again meanwhile. */
const AFTER_MS = 8_000;

/**
 * Connections that the kernel picked up in mid-stream, and whose answers it does not see. It keeps them
 * for tcp_timeout_unacknowledged, however long tcp_timeout_established is.
 */
const pickedUp: Scenario = {
  remedy: REMEDY,
  scenario: 'ESTABLISHED that was picked up in mid-stream and is not answered',
  measure() {
    return inLab('mid', 1, async (lab) => {
      const { node } = lab;
      await lab.begin(connecting({ held: 60, beat: 1 })(node));
      lab.world.run('nft', ['-f', '-'], muteServer);
      node.network.run('conntrack', ['-F']);
      await setTimeout(AFTER_MS);
      const before = await node.entries();
      const prediction = predict(REMEDY, await node.probe());
      obey({ tcp_timeout_established: 7_440 })(node, prediction.weighed);
      await setTimeout(AFTER_MS);
      return rowOf(this, before, prediction, await node.entries());
    });
  },
};

const muteServer =
  'table ip lab { chain leaving { type filter hook output priority 0; tcp sport 443 drop; }; }\n';

export const connections: readonly Scenario[] = [...changes.map(changed), pickedUp];
