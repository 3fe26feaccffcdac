import { takeEthtool } from './allowance.js';
import { takeConntrackLine } from './conntrack.js';
import type { BundleFileKind } from './files.js';
import { takeProcStat, takeTop, takeUname } from './host-files.js';
import { takeInstanceId, takeKubeconfig, takeRegion } from './identity.js';
import { takeLogLine } from './kernel-log.js';
import { takeRule } from './lookup-rules.js';
import { takeRoute } from './owners.js';
import { takeContainer, takeLabels, takeProcess, takeProxyLog, takeTask } from './processes.js';
import type { BundleState } from './state.js';
import { takeSetting } from './sysctl.js';

/** How a line of each kind of file is taken. A kind without a line of its own only has to be there. */
export const takes: Readonly<Record<BundleFileKind, (state: BundleState, line: string) => void>> = {
  sysctl: ({ settings }, line) => {
    takeSetting(settings, line);
  },
  conntrack: ({ conntrack }, line) => {
    takeConntrackLine(conntrack, line);
  },
  counters: ({ conntrack }, line) => {
    if (line.startsWith('cpu=')) takeConntrackLine(conntrack, line);
  },
  conntrack6: ({ conntrack6 }, line) => {
    takeConntrackLine(conntrack6, line);
  },
  dmesg: ({ log }, line) => {
    takeLogLine(log, line);
  },
  dmesgBoot: ({ bootLog }, line) => {
    takeLogLine(bootLog, line);
  },
  uname: ({ host }, line) => {
    takeUname(host, line);
  },
  procstat: ({ host }, line) => {
    takeProcStat(host, line);
  },
  top: ({ host }, line) => {
    takeTop(host, line);
  },
  ps: ({ processes }, line) => {
    takeProcess(processes, line);
  },
  containers: ({ processes }, line) => {
    takeContainer(processes, line);
  },
  tasks: ({ processes }, line) => {
    takeTask(processes, line);
  },
  ethtool: ({ interfaces }, line) => {
    takeEthtool(interfaces, line);
  },
  iptables: ({ rules }, line) => {
    takeRule(rules.iptables, line);
  },
  ip6tables: ({ rules }, line) => {
    takeRule(rules.ip6tables, line);
  },
  nftRaw: ({ rules }, line) => {
    takeRule(rules.nftRaw, line);
  },
  nftRaw6: ({ rules }, line) => {
    takeRule(rules.nftRaw6, line);
  },
  routes: ({ owners }, line) => {
    takeRoute(owners, line);
  },
  routes6: ({ owners }, line) => {
    takeRoute(owners, line);
  },
  ipam: () => undefined,
  instanceId: ({ identity }, line) => {
    takeInstanceId(identity, line);
  },
  region: ({ identity }, line) => {
    takeRegion(identity, line);
  },
  kubelet: ({ processes }, line) => {
    takeLabels(processes, line);
  },
  kubeconfig: ({ identity }, line) => {
    takeKubeconfig(identity, line);
  },
  kubeProxyLog: ({ processes }, line) => {
    takeProxyLog(processes, line);
  },
  parameters: () => undefined,
  autoMode: () => undefined,
  bottlerocket: () => undefined,
};
