import type { SimulatedFleet } from '../../lib/simulator/fleet.js';
import { buildGroup } from '../../lib/simulator/fleet/build-group.js';
import { digits } from '../../lib/simulator/fleet/digits.js';
import { al2023, type ClusterPlan, type GroupPlan } from '../../lib/simulator/fleet/plan.js';
import { silent } from '../../lib/simulator/fleet/plants.js';
import type { SimulatedMember, SimulatedOrganization } from '../../lib/simulator/organization.js';

export const ROLE = 'ConntrackAuditReader';
export const EXTERNAL_ID = 'platform-team';
export const ROOT_ID = 'r-ab12';
export const PRODUCTION = 'ou-ab12-prod0001';
export const STORES = 'ou-ab12-stores01';

const group = {
  kind: 'managed',
  instanceType: 'm5.large',
  count: 1,
  max: 131_072,
} as const satisfies Partial<GroupPlan>;

const calm: GroupPlan = { ...group, name: 'calm', usage: [0.1, 0.1] };
const hot: GroupPlan = { ...group, name: 'web', usage: [0.97, 0.97] };
const gone: GroupPlan = {
  ...group,
  name: 'gone',
  usage: [0.1, 0.1],
  planted: [silent('ssm-missing', { registration: 'missing' })],
};

/** The cluster `shop` of one account and Region: every account calls it the same, and each node has its own id. */
function aShop(account: string, region: string, groups: readonly GroupPlan[]): SimulatedFleet {
  const plan: ClusterPlan = {
    name: 'shop',
    os: al2023,
    kubeProxyTag: 'v1.31.2-minimal-eksbuild.3',
    establishedSeconds: 86_400,
  };
  const nodes = groups
    .flatMap((one) => buildGroup(plan, one))
    .map((node) => ({
      ...node,
      instanceId: `i-0${digits(`${account}/${region}/${node.instanceId}`, 16)}`,
    }));
  const addons = { 'kube-proxy': 'v1.31.2-eksbuild.3' };
  return {
    clusters: [{ name: plan.name, version: '1.31', addons, autoMode: false, nodes }],
    bystanders: [],
  };
}

/** `111111111101` and so on. */
export function accountId(number: number): string {
  return String(111_111_111_100 + number);
}

/** An account with a calm node in each Region; in the first one there is a node that is nearly full as well. */
export function aMember(
  number: number,
  regions: readonly string[],
  different: Partial<SimulatedMember> = {},
): SimulatedMember {
  const id = accountId(number);
  const fleets = regions.map((region, at) => {
    const groups = at === 0 ? [calm, hot] : at === 1 ? [calm, gone] : [calm];
    return [region, aShop(id, region, groups)] as const;
  });
  return {
    id,
    name: `shop-${number}`,
    unit: PRODUCTION,
    alias: `acme-shop-${number}`,
    role: { name: ROLE, externalId: EXTERNAL_ID },
    fleets: Object.fromEntries(fleets),
    ...different,
  };
}

/** An account in which nobody made the role. */
export function aMemberWithoutRole(number: number, regions: readonly string[]): SimulatedMember {
  const { role: _, ...member } = aMember(number, regions);
  return member;
}

/** An organization of these accounts: production, and the stores in it. */
export function anOrganization(
  regions: readonly string[],
  members: readonly SimulatedMember[],
): SimulatedOrganization {
  return {
    root: ROOT_ID,
    units: { [PRODUCTION]: ROOT_ID, [STORES]: PRODUCTION },
    regions,
    members,
  };
}
