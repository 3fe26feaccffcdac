/** What `sysctl --all` said: the values of the names that facts are made of. */
export type Settings = ReadonlyMap<string, string>;

const wanted =
  /^(net\.netfilter\.nf_conntrack_[a-z0-9_]+|net\.nf_conntrack_max|kernel\.(hostname|osrelease|random\.boot_id)) = (\S*)$/;

/** Takes one line: `net.netfilter.nf_conntrack_max = 131072`. What is said first holds. */
export function takeSetting(settings: Map<string, string>, line: string): void {
  const [, name, , value] = wanted.exec(line) ?? [];
  if (name !== undefined && value !== undefined && !settings.has(name)) settings.set(name, value);
}

/** A whole number by its name, without `net.netfilter.nf_conntrack_`. */
export function tableSetting(settings: Settings, name: string): number | undefined {
  const text = settings.get(`net.netfilter.nf_conntrack_${name}`) ?? '';
  return /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : undefined;
}

/**
 * Whether these are the settings of the host's network. The kernel registers `net.nf_conntrack_max` for the first
 * network namespace only. Nothing where no table is known.
 *
 * @see https://github.com/torvalds/linux/blob/v6.12/net/netfilter/nf_conntrack_standalone.c
 */
export function isHostNetwork(settings: Settings): boolean | undefined {
  if (settings.has('net.nf_conntrack_max')) return true;
  return settings.has('net.netfilter.nf_conntrack_max') ? false : undefined;
}
