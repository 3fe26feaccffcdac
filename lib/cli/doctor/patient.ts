import type { AwsClients } from '../../adapters/aws-clients.js';
import type { DeployedStack } from '../../adapters/cloudformation-stack.js';
import type { ClusterGlobs } from '../../adapters/eks-clusters.js';
import type { Place } from '../../core/configuration/permissions.js';

/** What `doctor` looks at. */
export interface Patient {
  readonly clients: AwsClients;
  readonly profile?: string | undefined;
  /** Name of the SSM document that an audit sends. */
  readonly document: string;
  /** Text of the probe that this program brings. */
  readonly probe: string;
  readonly clusters: ClusterGlobs;
  readonly nodeTagKeys: readonly string[];
  /** Name of the stack. */
  readonly stack: string;
  readonly stackOf: (name: string) => Promise<DeployedStack>;
  /** Named by people. Absent: the stack's. */
  readonly topic?: string | undefined;
  readonly bucket?: string | undefined;
  /** Seconds between two audits of the schedule. */
  readonly every: number;
  readonly now: Date;
}

/** Whoever asks, and where. */
export interface Caller extends Place {
  readonly arn: string;
}
