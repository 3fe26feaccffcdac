/** What each remedy costs and risks, in words; its numbers are in the reason of an action. */
export const prices: Readonly<Record<string, string>> = {
  'restart-kube-proxy': 'kube-proxy starts again on every node of the cluster; connections stay',
  'raise-limit':
    'memory as entries come, nothing before; kube-proxy starts again on every node of the cluster; connections stay',
  'grow-hash': 'a few MiB at once; nothing restarts',
  'grow-policy-table': 'memory for eBPF maps on each node; holds on new nodes alone',
  'shorten-vpc-idle-timeout': 'EC2 forgets connections that idle longer without a keepalive',
  'spread-workload': 'pods start again, and take other nodes',
  'node-local-dns-cache': 'a pod on each node that all lookups of the node depend on',
  'spread-coredns': 'more CoreDNS pods',
  'resize-instance': 'a larger instance is paid for, and the nodes of the group are replaced',
  'untrack-security-group': 'a port is open to everybody whom no network ACL stops',
  'shorten-timeouts':
    'connections that wait longer are forgotten; what they send then goes nowhere',
  'shorten-udp-timeout': 'an answer over UDP that comes later belongs to no flow',
  'lower-ndots': 'pods start again; musl (Alpine) no longer finds names such as web.shop.svc',
  'trailing-dot': 'an edit of each program that names the host',
  'no-aaaa': 'pods start again; names that have an IPv6 address alone are no longer found',
  'sequential-dns-lookups': 'pods start again; lookups may hold up to twice as many entries',
  'dns-over-tcp': 'pods start again; lookups hold their entries longer',
  'reach-node': 'nothing on the nodes changes but their agent or role',
};
