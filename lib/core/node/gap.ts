/** Why a service did not tell something. Public words: they stand in reports and are never reused. */
export const gapReasons = {
  'not-permitted': 'the role may not ask',
  throttled: 'the service refused too many requests, each try of them',
  'timed-out': 'the service did not answer in time',
  failed: 'the service answered with an error',
} as const;

export type GapReason = keyof typeof gapReasons;

/** What a gap can be about. */
export const gapSubjects = [
  'cluster',
  'add-on',
  'node-groups',
  'instance-types',
  'commands',
  'bundle',
] as const;

/** Something that a service would not tell. The audit went on without it. */
export interface Gap {
  readonly about: (typeof gapSubjects)[number];
  /** As a sentence names it: `cluster prod`, `kube-proxy add-on of prod`, `node group blue of prod`. */
  readonly subject: string;
  /** The cluster that it is about. Absent: it is about the whole account and Region. */
  readonly cluster?: string;
  /** The IAM action of the call, which is also its name: `eks:DescribeCluster`; `read` for a file. */
  readonly operation: string;
  readonly reason: GapReason;
  /** What the service said, printable and at most 300 characters. */
  readonly detail: string;
}

/** The AWS account that was audited. */
export interface Account {
  /** Twelve digits. */
  readonly id: string;
  /** The name that people gave it. Absent where it has none, or the role may not read it. */
  readonly alias?: string;
}
