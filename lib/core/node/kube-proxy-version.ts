/** A kube-proxy version that could be read. */
export interface KubeProxyVersion {
  /** 31 of `1.31.2`. */
  readonly minor: number;
  /** `1.31.2` or `1.31`, without `v` and build suffix. */
  readonly text: string;
}

const versionPattern = /^v?(1\.(\d{1,2})(?:\.\d{1,4})?)(?:[-+][\w.+-]*)?$/;

/** Reads `1.31`, `v1.31.2` or `v1.31.2-eksbuild.5`. Undefined for anything else, `none` included. */
export function parseKubeProxyVersion(version: string): KubeProxyVersion | undefined {
  const [, text, minor] = versionPattern.exec(version) ?? [];
  return text === undefined ? undefined : { text, minor: Number(minor) };
}
