import type { Elsewhere, Flow, Place } from './flow.js';
import type { Machine } from './machine.js';

/** Addresses of one end of a flow. */
export interface Addresses {
  /** Addresses that a flow calls, with commas. `*` stands for 1 to 254 in turn. */
  readonly called: string;
  /** Who answers from there. */
  readonly answers: string;
}

type Everywhere = Readonly<Record<Elsewhere, Addresses>>;

const PEERS = '10.0.200.*';
const PEERS6 = '2001:db8:1a:c8::*';

// What is beyond the VPC, and the VPC of IPv6, are blocks that are reserved for examples.
const elsewhere: Everywhere = {
  peers: same(PEERS),
  world: same('203.0.113.*'),
  service: { called: '172.20.14.*', answers: PEERS },
  dns: { called: '172.20.0.10', answers: '10.0.200.53,10.0.201.53' },
};
const elsewhere6: Everywhere = {
  peers: same(PEERS6),
  world: same('3fff:5:11::*'),
  service: { called: 'fd4a:9c1e:77d0::e:*', answers: PEERS6 },
  dns: { called: 'fd4a:9c1e:77d0::a', answers: '2001:db8:1a:c8::53,2001:db8:1a:c9::53' },
};

/** Whether a flow is of IPv6: it is where pods have such addresses, unless it is of IPv4 by itself. */
export function isInet6({ family }: Flow, { hostAddress6 }: Machine): boolean {
  return hostAddress6 !== undefined && family !== 'ipv4';
}

/** The addresses of a place. Fails where the host has none there. */
export function addressesOf(place: Place, machine: Machine, inet6: boolean): Addresses {
  if (isElsewhere(place)) return (inet6 ? elsewhere6 : elsewhere)[place];
  const here = addressesHere(place, machine, inet6).join(',');
  if (here !== '') return same(here);
  throw new Error(`a flow should end where the host has an address, got '${place}'`);
}

function addressesHere(place: Place, machine: Machine, inet6: boolean): readonly string[] {
  const { pods = [], hostAddress, hostAddress6, goneAddresses = [] } = machine;
  if (place === 'gone') return goneAddresses;
  if (place === 'host') return [(inet6 ? hostAddress6 : hostAddress) ?? ''];
  return pods
    .filter(({ namespace, name }) => place === 'pods' || place === `${namespace}/${name}`)
    .map(({ address }) => address);
}

function isElsewhere(place: Place): place is Elsewhere {
  return Object.hasOwn(elsewhere, place);
}

function same(addresses: string): Addresses {
  return { called: addresses, answers: addresses };
}
