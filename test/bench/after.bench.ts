/**
 * What an audit computes once its nodes are judged: what was known of them, how findings changed, the page:
 * `npm run bench:after`, or `npm run bench:after -- 1000 10000`.
 *
 * Milliseconds of CPU of this process, for a fleet as sick as the demo's, and for one whose nodes all fell silent since;
 * `muted` is the latter with a tag on each instance.
 */
import type { Evidence } from '../../lib/core/judge/judge.js';
import { defaultPolicy } from '../../lib/core/judge/policy.js';
import { compare } from '../../lib/core/ledger/compare.js';
import type { Ledger } from '../../lib/core/ledger/ledger.js';
import { readLedger } from '../../lib/core/ledger/read-ledger.js';
import { recall } from '../../lib/core/ledger/recall.js';
import { remember } from '../../lib/core/ledger/remember.js';
import { mutesOfFleet } from '../../lib/core/mutes/mutes-of-fleet.js';
import { pageOf } from '../../lib/core/render/page/page.js';
import { catalogue } from '../../lib/core/run/catalogue.js';
import { judgedRun } from '../../lib/core/run/judged-run.js';
import { theDemo } from '../support/demo-run.js';
import { sizedFleet } from './sized-fleet.js';

const SIZES = [5_000, 10_000, 12_000];

const print = (text: string) => process.stdout.write(`${text}\n`);
const { evidence: demo } = await theDemo();

function silentFleet(evidence: Evidence, tagged: boolean): Evidence {
  const mute = { until: '2099-01-01', reason: 'they are being replaced' };
  const nodes = evidence.fleet.nodes.map((one) => (tagged ? { ...one, mute } : one));
  const silent = nodes.map(({ instanceId, cluster, nodeGroup }) => ({
    ...{ instanceId, cluster, nodeGroup },
    reason: 'ssm-offline' as const,
  }));
  const startedAt = new Date(Date.parse(evidence.startedAt) + 3_600_000).toISOString();
  return { ...evidence, startedAt, fleet: { ...evidence.fleet, nodes }, snapshots: [], silent };
}

const row = (cells: readonly (string | number)[]) =>
  print(cells.map((cell) => String(cell).padStart(9)).join(''));
row(['nodes', 'fleet', 'recall', 'judge', 'mutes', 'compare', 'remember', 'read', 'page']);

/** One audit after another: each leaves the ledger that the next one begins with. */
function audit(name: string, evidence: Evidence, ledger: Ledger | undefined): Ledger {
  const took: number[] = [];
  const timed = <T>(what: () => T): T => {
    const start = process.cpuUsage();
    const made = what();
    const { user, system } = process.cpuUsage(start);
    took.push(Math.round((user + system) / 1_000));
    return made;
  };
  const recalled = timed(() => recall(evidence, ledger));
  const judged = timed(() => judgedRun(evidence, recalled, catalogue, defaultPolicy));
  const { report } = judged;
  const { mutes } = timed(() => mutesOfFleet(evidence.fleet, report.startedAt));
  const rules = [...catalogue.rules, catalogue.silentRule];
  const { findings } = timed(() =>
    compare({ evidence, report, ledger, rules, mutes, policy: defaultPolicy }),
  );
  const next = timed(() => remember({ evidence, report, ledger, findings, standing: {} }));
  const text = JSON.stringify(next);
  const read = timed(() => readLedger(text));
  timed(() => pageOf(judged));
  row([evidence.fleet.nodes.length, name, ...took]);
  if (read.kind !== 'known') throw new Error(`the ledger that was made is ${read.kind}`);
  return read.ledger;
}

const asked = process.argv.slice(2).map(Number);
for (const nodes of asked.length > 0 ? asked : SIZES) {
  const evidence = sizedFleet(demo, nodes);
  const first = audit('first', evidence, undefined);
  const again = audit('again', evidence, first);
  audit('silent', silentFleet(evidence, false), again);
  audit('muted', silentFleet(evidence, true), again);
}
