/** Whose addresses are known on the node: `host`, or `namespace/pod`. */
export class Owners {
  private readonly byKey = new Map<string, string>();
  /** Whether any pod's address is known. */
  knowsPods = false;

  /** All of several. */
  static of(all: readonly Owners[]): Owners {
    const owners = new Owners();
    for (const one of all) {
      for (const [key, owner] of one.byKey) owners.byKey.set(key, owner);
      owners.knowsPods ||= one.knowsPods;
    }
    return owners;
  }

  add(address: string, owner: string): void {
    this.byKey.set(addressKey(address), owner);
    if (owner !== 'host') this.knowsPods = true;
  }

  of(address: string): string | undefined {
    return this.byKey.get(addressKey(address));
  }

  /** The address that an entry is charged to: who opened it where that is known here, else who was called. */
  charged(source: string, reply: string): string {
    const isTheirs = this.of(source) === undefined && this.of(reply) !== undefined;
    return isTheirs ? reply : source;
  }
}

/** An address as a key: IPv6 is written in more than one way, so it is spelled out. */
function addressKey(address: string): string {
  if (!address.includes(':')) return address;
  const [front = [], back] = address.split('::', 2).map((half) => half.split(':').filter(Boolean));
  const length = front.length + (back?.length ?? 8);
  const gap = Array.from({ length: Math.max(0, 8 - length) }, () => '0');
  return [front, gap, back ?? []]
    .flat()
    .map((part) => part.padStart(4, '0'))
    .join('');
}

/** Takes a line of `ip route show table all`: `local 10.0.1.5 dev eth0 table local ...` is an address of the host. */
export function takeRoute(owners: Owners, line: string): void {
  const [, address] = /^local ([0-9a-f.:]{2,45}) dev /.exec(line) ?? [];
  if (address !== undefined) owners.add(address, 'host');
}

/**
 * Takes the file in which the VPC CNI keeps its allocations. A file that is no such file tells nothing.
 *
 * @see https://github.com/aws/amazon-vpc-cni-k8s/blob/master/pkg/ipamd/datastore/data_store.go
 */
export function takeAllocations(owners: Owners, text: string): void {
  for (const [, allocation = ''] of text.matchAll(/"containerID"([^]*?)(?="containerID"|$)/g)) {
    const namespace = quoted(allocation, 'k8sPodNamespace');
    const name = quoted(allocation, 'k8sPodName');
    if (namespace === '' || name === '') continue;
    for (const family of ['ipv4', 'ipv6']) {
      const address = quoted(allocation, family);
      if (address !== '') owners.add(address, `${namespace}/${name}`);
    }
  }
}

function quoted(text: string, name: string): string {
  return new RegExp(`"${name}" *: *"([^"]{1,253})"`).exec(text)?.[1] ?? '';
}
