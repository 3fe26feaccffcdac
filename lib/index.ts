export {
  ConntrackAuditorStack,
  type ConntrackAuditorStackProps,
} from './conntrack-auditor-stack.js';
export { ConntrackAuditor, type ConntrackAuditorProps } from './constructs/conntrack-auditor.js';
export { ConfigurationError } from './constructs/configuration-error.js';
export type { ClusterGlobs } from './constructs/cluster-globs.js';
export { ProbeDocument, type ProbeDocumentProps } from './constructs/probe-document.js';
export type { Telling } from './constructs/telling.js';
export type { Thresholds, Times } from './constructs/thresholds.js';
export type * from './core/judge/finding.js';
export type * from './core/node/fleet.js';
export type * from './core/judge/policy.js';
export type * from './core/judge/report.js';
export type * from './core/node/silent-node.js';
export type { Mute } from './core/mutes/mute.js';
export type * from './core/node/snapshot.js';
