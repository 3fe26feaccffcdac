/**
 * A command of this program that goes with a remedy. The renderer adds the program's name.
 */
export type Command =
  /** Prints the files of a remedy. */
  | {
      readonly name: 'fix';
      readonly remedy: string;
      /** The wanted nf_conntrack_max, if the files need one. */
      readonly limit?: number;
      /** The cluster of the plan's action. Absent: the remedy is recommended for a finding. */
      readonly cluster?: string;
      /** True: whoever runs it has to add the address of the cluster's DNS service. */
      readonly asksDnsAddress?: true;
    }
  /** Judges the node that it runs on. */
  | { readonly name: 'node' }
  /** Lets the agent of EKS on the nodes make support bundles, and puts them where audits read them. */
  | { readonly name: 'collect' };
