/** A kube-proxy version that could be read. */
export interface KubeProxyVersion {
  /** 31 of `1.31.2`. */
  readonly minor: number;
  /** 2 of `1.31.2`; absent of `1.31`. */
  readonly patch?: number;
  /** `1.31.2` or `1.31`, without `v` and build suffix. */
  readonly text: string;
}

const versionPattern = /^v?(1\.(\d{1,2})(?:\.(\d{1,4}))?)(?:[-+][\w.+-]*)?$/;

/** Reads `1.31`, `v1.31.2` or `v1.31.2-eksbuild.5`. Undefined for anything else, `none` included. */
export function parseKubeProxyVersion(version: string): KubeProxyVersion | undefined {
  const [, text, minor, patch] = versionPattern.exec(version) ?? [];
  if (text === undefined) return undefined;
  return { text, minor: Number(minor), ...(patch !== undefined && { patch: Number(patch) }) };
}
