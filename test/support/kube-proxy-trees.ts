import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { kubeProxyConfigs } from './kube-proxy-configs.js';

const ID = 'ab'.repeat(32);
const OTHER_ID = '12'.repeat(32);
const V2 = '0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod3b0d.slice';
const HOST_PIDS = 'pid:[4026531836]';
const CONTAINERD = 'run/containerd/io.containerd.runtime.v2.task/k8s.io';

/** The annotations of a container, on one line after something else, as containerd writes them. */
function spec(image: string, namespace = 'kube-system'): string {
  const annotations = {
    'io.kubernetes.cri.container-name': 'kube-proxy',
    'io.kubernetes.cri.image-name': image,
    'io.kubernetes.cri.sandbox-namespace': namespace,
  };
  // What a pod puts into its environment comes first, and is escaped.
  const env = [`X="io.kubernetes.cri.image-name":"evil/kube-proxy:v6.6.6"`];
  return JSON.stringify({ process: { env }, annotations });
}

interface Proxy {
  readonly pid?: number;
  readonly cgroup?: string;
  readonly id?: string;
  /** `null`: containerd has no such container. */
  readonly spec?: string | null;
  readonly config?: string;
  readonly configLink?: string;
  readonly configPipe?: boolean;
}

interface Tree {
  readonly names?: Readonly<Record<number, string>>;
  readonly proxies?: readonly Proxy[];
  readonly files?: Readonly<Record<string, string>>;
  /** Where `/proc/self/ns/pid` points. */
  readonly pids?: string;
}

const IMAGE = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/eks/kube-proxy:v1.31.2-eksbuild.3';
const plain = 'kind: X\nconntrack:\n  maxPerCore: 65536\n  min: 655360\nmode: ""\n';
const read = { running: true, tag: 'v1.31.2-eksbuild.3' };
const whole = { ...read, config: 'conntrack:\n  maxPerCore: 65536\n  min: 655360\nmode: ""' };

function image(name: string, expected: unknown): { tree: Tree; expected: unknown } {
  return { tree: { proxies: [{ spec: spec(name) }] }, expected };
}
const configurations = Object.fromEntries(
  Object.entries(kubeProxyConfigs).map(([name, { text, told }]) => [
    name,
    { tree: { proxies: [{ config: text }] }, expected: { ...read, config: told } },
  ]),
);
function cgroup(text: string): { tree: Tree; expected: unknown } {
  return { tree: { proxies: [{ cgroup: text, config: plain }] }, expected: whole };
}

/** Hosts by what is special about them, and the `kubeProxy` that the probe tells of each. */
export const kubeProxyCases: Readonly<Record<string, { tree: Tree; expected: unknown }>> = {
  'cgroup v2 under systemd': cgroup(`${V2}/cri-containerd-${ID}.scope\n`),
  'cgroup v2 under cgroupfs': cgroup(`0::/kubepods/burstable/pod3b0d-11/${ID}\n`),
  'cgroup v1 under systemd': cgroup(
    `2:cpu,cpuacct:/kubepods.slice/kubepods-pod1.slice/cri-containerd-${ID}.scope\n1:name=systemd:/\n0::/\n`,
  ),
  'cgroup v1 under cgroupfs': cgroup(`2:memory:/kubepods/besteffort/pod1/${ID}\n1:pids:/\n`),
  'cgroup v1 of a containerd without systemd': cgroup(
    `5:memory:/system.slice/containerd.service/kubepods-pod1.slice:cri-containerd:${ID}\n`,
  ),
  'a kube-proxy that is a service of systemd': {
    tree: { proxies: [{ cgroup: '0::/system.slice/kube-proxy.service\n', config: plain }] },
    expected: { running: true },
  },
  'a container that containerd does not know': {
    tree: { proxies: [{ spec: null, config: plain }] },
    expected: { running: true },
  },

  'a registry with a port': image('localhost:5000/kube-proxy:v1.30.0', {
    running: true,
    tag: 'v1.30.0',
  }),
  'a tag with a digest': image(`${IMAGE}@sha256:${ID}`, read),
  'a digest and no tag': image(`r.example/kube-proxy@sha256:${ID}`, { running: true }),
  'an image id': image(`sha256:${ID}`, { running: true }),
  'no tag on a registry with a port': image('localhost:5000/kube-proxy', { running: true }),
  'a tag that is no version': image('r.example/kube-proxy:111122223333', { running: true }),
  'a tag with quotes': image('r.example/kube-proxy:v1.31.2","x":"', { running: true }),
  'a tag with markup': image('r.example/kube-proxy:v1.31.2<b>', { running: true }),
  'a spec that is cut': {
    tree: {
      proxies: [{ spec: `${spec(IMAGE).split('image-name":"')[0] ?? ''}image-name":"r:v1.3` }],
    },
    expected: { running: true },
  },

  ...configurations,

  'a configuration that links to itself': {
    tree: { proxies: [{ configLink: 'config' }] },
    expected: read,
  },
  'a configuration that is a pipe': {
    tree: { proxies: [{ configPipe: true }] },
    expected: read,
  },

  'a process of another namespace that took the name': {
    tree: {
      proxies: [
        {
          pid: 50,
          id: OTHER_ID,
          spec: spec('evil/kube-proxy:v1.1.1', 'default'),
          configPipe: true,
        },
      ],
    },
    expected: { running: true },
  },
  'a kube-proxy behind such a process': {
    tree: {
      proxies: [
        {
          pid: 50,
          id: OTHER_ID,
          spec: spec('evil/kube-proxy:v1.1.1', 'default'),
          configPipe: true,
        },
        { pid: 700, config: plain },
      ],
    },
    expected: whole,
  },

  'a host without kube-proxy': { tree: {}, expected: { running: false } },
  'a host with Cilium': {
    tree: { names: { 812: 'cilium-agent' } },
    expected: { running: false, cilium: true },
  },
  'names that only resemble one': {
    tree: { names: { 11: 'kube-proxy-2', 12: 'my-kube-proxy', 13: '"kube-proxy"', 14: '' } },
    expected: { running: false },
  },
  'a container that sees only itself': { tree: { pids: 'pid:[4026532417]' }, expected: undefined },
  'processes that are hidden': { tree: { names: {} }, expected: undefined },
  'a pod of kube-proxy between two starts': {
    tree: { files: { 'var/log/pods/kube-system_kube-proxy-x7k2p_3b0d/kube-proxy/0.log': '' } },
    expected: undefined,
  },
  'the pod of another namespace with such a name': {
    tree: { files: { 'var/log/pods/default_kube-proxy-x7k2p_3b0d/kube-proxy/0.log': '' } },
    expected: { running: false },
  },
};

/** Writes such a host under `scratch` and gives its root. */
export async function kubeProxyTree(scratch: string, tree: Tree): Promise<string> {
  const root = await mkdtemp(join(scratch, 'kube-proxy-'));
  const hidden = tree.names !== undefined && Object.keys(tree.names).length === 0;
  const names: Record<string, string> = hidden ? {} : { 1: 'systemd', ...tree.names };
  for (const [pid, name] of Object.entries(names)) {
    await write(root, `proc/${pid}/comm`, name === '' ? '' : `${name}\n`);
  }
  for (const [path, text] of Object.entries(tree.files ?? {})) await write(root, path, text);
  await mkdir(join(root, 'proc/self/ns'), { recursive: true });
  await symlink(tree.pids ?? HOST_PIDS, join(root, 'proc/self/ns/pid'));
  for (const proxy of tree.proxies ?? []) await writeProxy(root, proxy);
  return root;
}

async function writeProxy(root: string, proxy: Proxy): Promise<void> {
  const { pid = 700, id = ID, cgroup: lines = `${V2}/cri-containerd-${id}.scope\n` } = proxy;
  await write(root, `proc/${pid}/comm`, 'kube-proxy\n');
  await write(root, `proc/${pid}/cgroup`, lines);
  const said = proxy.spec === undefined ? spec(IMAGE) : proxy.spec;
  if (said !== null) await write(root, `${CONTAINERD}/${id}/config.json`, said);

  const folder = join(root, `proc/${pid}/root/var/lib/kube-proxy-config`);
  const target = join(folder, 'config');
  await mkdir(folder, { recursive: true });
  if (proxy.config !== undefined) await writeFile(target, proxy.config);
  if (proxy.configLink !== undefined) await symlink(proxy.configLink, target);
  if (proxy.configPipe === true) await promisify(execFile)('mkfifo', [target]);
}

async function write(root: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}
