export {
  ConntrackAuditorStack,
  type ConntrackAuditorStackProps,
} from './conntrack-auditor-stack.js';
export { ConntrackAuditorHubStack, type ConntrackAuditorHubStackProps } from './hub-stack.js';
export {
  ConntrackAuditorHub,
  type ConntrackAuditorHubProps,
} from './constructs/conntrack-auditor-hub.js';
export type { Members } from './constructs/spoke-stack-set.js';
export type { SpokeProps } from './constructs/spoke-template.js';
export { ConntrackAuditor, type ConntrackAuditorProps } from './constructs/conntrack-auditor.js';
export type { HubAddress } from './constructs/hub-address.js';
export type { PlacesProps } from './constructs/places.js';
export { ConfigurationError } from './constructs/configuration-error.js';
export type { ClusterGlobs } from './constructs/cluster-globs.js';
export { ProbeDocument, type ProbeDocumentProps } from './constructs/probe-document.js';
export type { Telling } from './constructs/telling.js';
export type { Thresholds, Times } from './constructs/thresholds.js';

// What `--json` prints, and what goes into it.
export type { Report, Unjudged } from './core/judge/report.js';
export type { Assessment, Bound, Effect, Finding, NodeFinding } from './core/judge/finding.js';
export type { Command } from './core/judge/command.js';
export { measureTexts, type MeasureName, type Measures } from './core/judge/measures.js';
export type { Policy } from './core/judge/policy.js';
export { severities, type Severity } from './core/judge/severity.js';
export type { Mute } from './core/mutes/mute.js';
export {
  type Account,
  type Gap,
  type GapReason,
  gapReasons,
  gapSubjects,
} from './core/node/gap.js';
export { type SilentNode, type SilentReason, silentReasons } from './core/node/silent-node.js';

// What a saved run holds of a node.
export type * from './core/node/snapshot.js';
export * from './core/node/fleet.js';
export { type Allowance, type AllowanceName, allowanceNames } from './core/node/allowance.js';
export {
  type AgedState,
  type Ages,
  agedStates,
  type Holder,
  type Makeup,
  type PortCount,
  type Unanswered,
} from './core/node/makeup.js';
