/**
 * What EKS Auto Mode does not let anybody do to its nodes. They take no user data and nobody logs in; kube-proxy, CoreDNS
 * and the VPC CNI are services of their image, and no ConfigMap or add-on configures them.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-runtime-monitoring.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/automode.html
 */
export const NO_SETTING =
  'nodes of EKS Auto Mode take no sysctl, no user data and no configuration of kube-proxy; move the pods that hold most entries to a managed node group, which takes them, or spread them over more nodes';

/** It has a resolver with a cache on each node already. */
export const HAS_RESOLVER =
  'EKS Auto Mode runs CoreDNS on each node as a service of its image: lookups of pods are answered there already';
