/**
 * A command of this program that goes with a remedy. How it is called where people read this is for
 * the renderer to say.
 */
export type Command =
  /** Prints the files of a remedy. */
  | {
      readonly name: 'fix';
      readonly remedy: string;
      /** The wanted nf_conntrack_max, where the files need one. */
      readonly limit?: number;
      /** True: whoever runs it has to add the address of the cluster's DNS service. */
      readonly asksDnsAddress?: true;
    }
  /** Judges the node that it runs on. */
  | { readonly name: 'node' };
