import type { NodeOs } from '../limit/expected-limit.js';
import type { ProxyMode } from '../node/fleet.js';

/** Something ready to apply. Placeholders of the user's own values are written `<like this>`. */
export type Artefact = {
  /** A file name, unique among the artefacts of one remedy. */
  readonly file: string;
  /** Why, when, how to undo it and how to see that it worked: one sentence a line. */
  readonly explains: readonly string[];
} & (
  | { readonly kind: 'kubernetes'; readonly objects: readonly object[] }
  | { readonly kind: 'bash' | 'toml' | 'mime' | 'markdown'; readonly text: string }
);

/** What artefacts are filled in with. */
export interface ArtefactContext {
  readonly cluster: string;
  /** The wanted nf_conntrack_max. */
  readonly limit: number;
  readonly os: NodeOs;
  /** ClusterIP of the service kube-dns. */
  readonly dnsAddress: string;
  /** Domain of the cluster's services. */
  readonly domain: string;
  readonly proxyMode: ProxyMode;
}
