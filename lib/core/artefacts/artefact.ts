import type { NodeOs } from '../limit/expected-limit.js';
import type { NodeGroupKind, ProxyMode } from '../node/fleet.js';
import type { LimitValues, ScopeNode } from './scope.js';

/** Where a file stands among those of a finding. The words are those of `fix -o` as well. */
export type Place = 'recommended' | 'alternative' | 'stop-gap';

/** Something ready to apply. Placeholders of the user's own values are written `<like this>`. */
export type Artefact = {
  /** A file name, unique among the artefacts of one remedy. */
  readonly file: string;
  readonly place: Place;
  /** Why, when, how to undo it and how to see that it worked: one sentence a line. */
  readonly explains: readonly string[];
} & (
  | { readonly kind: 'kubernetes'; readonly objects: readonly object[] }
  | { readonly kind: 'bash' | 'toml' | 'mime' | 'markdown' | 'hcl'; readonly text: string }
);

/** An option of a pod's resolver, as `dnsConfig` writes it. */
export interface DnsOption {
  readonly name: string;
  readonly value?: string;
}

/** What artefacts are filled in with. */
export interface ArtefactContext {
  readonly cluster: string;
  /** Of the cluster; absent where no run tells it. */
  readonly region?: string;
  /** How this program is called. */
  readonly program: string;
  /** The wanted nf_conntrack_max. */
  readonly limit: number;
  readonly os: NodeOs;
  /** ClusterIP of the service kube-dns. */
  readonly dnsAddress: string;
  /** Domain of the cluster's services. */
  readonly domain: string;
  /** Absent: it is not known, and nothing is taken for it. */
  readonly proxyMode?: ProxyMode;
  /** The group of the finding; absent where the fault is the whole cluster's. */
  readonly nodeGroup?: { readonly name: string; readonly kind: NodeGroupKind };
  /** Every node of the cluster that the run discovered; absent where no run tells. */
  readonly nodes?: readonly ScopeNode[];
  /** What a plan sets in kube-proxy's configuration. Absent: it is chosen for the limit. */
  readonly kubeProxy?: LimitValues;
  /** Seconds that were promised, by sysctl without `nf_conntrack_`. */
  readonly timeouts?: Readonly<Record<string, number>>;
  /** Options that the pods have in their `dnsConfig` already. */
  readonly dnsOptions?: readonly DnsOption[];
}
