import type { Rule, RuleText, SilentRule } from '../judge/rule.js';
import { allowanceExceeded } from './allowance-exceeded.js';
import { allowanceLow } from './allowance-low.js';
import { dnsEntryShare } from './dns-entry-share.js';
import { earlyEvictions } from './early-evictions.js';
import { hashCrowding } from './hash-crowding.js';
import { hotNode } from './hot-node.js';
import { idleEntries } from './idle-entries.js';
import { insertRaces } from './insert-races.js';
import { limitNotDurable } from './limit-not-durable.js';
import { limitShrinksOnUpgrade } from './limit-shrinks-on-upgrade.js';
import { limitUnexpected } from './limit-unexpected.js';
import { linkLocalExceeded } from './link-local-exceeded.js';
import { nodeLocalDnsIdle } from './node-local-dns-idle.js';
import { nodeSilent } from './node-silent.js';
import { policyTable } from './policy-table.js';
import { readingImplausible } from './reading-implausible.js';
import { staleFlows } from './stale-flows.js';
import { tableDrops } from './table-drops.js';
import { tablePressure } from './table-pressure.js';
import { timeToFull } from './time-to-full.js';
import { unrepliedEntries } from './unreplied-entries.js';
import { vpcIdleTimeout } from './vpc-idle-timeout.js';

/** Every rule that judges a snapshot, in the order in which people should read them. */
export const rules: readonly Rule[] = [
  tableDrops,
  tablePressure,
  timeToFull,
  earlyEvictions,
  hotNode,
  dnsEntryShare,
  idleEntries,
  unrepliedEntries,
  staleFlows,
  insertRaces,
  nodeLocalDnsIdle,
  allowanceExceeded,
  allowanceLow,
  linkLocalExceeded,
  vpcIdleTimeout,
  hashCrowding,
  limitNotDurable,
  limitUnexpected,
  limitShrinksOnUpgrade,
  policyTable,
  readingImplausible,
];

/** The rule about nodes that could not be judged by the others. */
export const silentRule: SilentRule = nodeSilent;

/** Every rule there is, for tables and pages. */
export const ruleTexts: readonly RuleText[] = [...rules, silentRule];
