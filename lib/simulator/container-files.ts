import type { Machine } from './machine.js';
import type { TreeFiles } from './tree-files.js';

/** A container of kube-system and its first process. */
interface Container {
  readonly pid: number;
  /** 64 hexadecimal digits. */
  readonly id: string;
  readonly name: string;
  /** Name of the process. */
  readonly comm: string;
  readonly image: string;
  readonly args: readonly string[];
}

/** What a host shows of a container under containerd: cgroup v1 on Amazon Linux 2, else v2. */
export function containerFiles({ os }: Pick<Machine, 'os'>, container: Container): TreeFiles {
  const { pid, id, name, comm, image, args } = container;
  const annotations = {
    'io.kubernetes.cri.container-name': name,
    'io.kubernetes.cri.container-type': 'container',
    'io.kubernetes.cri.image-name': image,
    'io.kubernetes.cri.sandbox-namespace': 'kube-system',
  };
  const scope = `/kubepods.slice/kubepods-burstable.slice/cri-containerd-${id}.scope`;
  const cgroup =
    os.id === 'amzn' && os.version === '2'
      ? `2:memory:${scope}\n1:name=systemd:${scope}\n`
      : `0::${scope}\n`;
  const spec = `run/containerd/io.containerd.runtime.v2.task/k8s.io/${id}/config.json`;
  return {
    [`proc/${pid}/comm`]: `${comm}\n`,
    [`proc/${pid}/cgroup`]: cgroup,
    [spec]: JSON.stringify({ ociVersion: '1.2.0', process: { args }, annotations }),
  };
}
