export {
  ConntrackAuditorStack,
  type ConntrackAuditorStackProps,
} from './conntrack-auditor-stack.js';
export { ConntrackAuditor, type ConntrackAuditorProps } from './constructs/conntrack-auditor.js';
export { ConfigurationError } from './constructs/configuration-error.js';
export type { ClusterGlobs } from './constructs/cluster-globs.js';
export { ProbeDocument, type ProbeDocumentProps } from './constructs/probe-document.js';
export type { Telling } from './constructs/telling.js';
export type { Thresholds } from './constructs/thresholds.js';
export type * from './core/finding.js';
export type * from './core/fleet.js';
export type * from './core/policy.js';
export type * from './core/report.js';
export type * from './core/silence.js';
export type { Silence } from './core/silencing.js';
export type * from './core/snapshot.js';
