import type { Digest } from '../ledger/digest.js';
import { isOver, type Transition } from '../ledger/transition.js';
import { runAddress } from '../text/run-key.js';
import { dashboardLink, instanceLink, objectLink, sessionLink } from './console-links.js';

/** How many nodes a message links to. A house choice: mails stay short. */
const NODES_LINKED = 2;

/** The file of a run that holds the whole report, where it has no page. */
const REPORT = 'report.json';

/** Where a node is in the console. */
export interface NodeLinks {
  readonly instanceId: string;
  readonly instance: string;
  /** Absent where nothing was read on the node: a session would hardly open. */
  readonly session?: string;
}

/** Where to look at once: the worst nodes of what is open, or of a lost fix. None of a message in which all is made up. */
export function nodeLinks({ region, transitions, test }: Digest): NodeLinks[] {
  if (test === true) return [];
  const open = transitions.filter(({ kind, fixLost }) => !isOver(kind) || fixLost === true);
  const worst = open.flatMap((one) => linksOf(region, one));
  const seen = new Set<string>();
  return worst
    .filter(({ instanceId }) => seen.size < seen.add(instanceId).size)
    .slice(0, NODES_LINKED);
}

function linksOf(region: string, { finding, after }: Transition): NodeLinks[] {
  const [worst] = finding.nodes;
  if (worst === undefined) return [];
  const { instanceId, measures } = worst;
  const instance = instanceLink(region, instanceId);
  if (instance === undefined) return [];
  const wasRead = Object.keys(measures).length > 0 || after?.instanceId === instanceId;
  const session = wasRead ? sessionLink(region, instanceId) : undefined;
  return [{ instanceId, instance, ...(session === undefined ? {} : { session }) }];
}

type Whereabouts = Pick<Digest, 'region' | 'location' | 'links'>;

/** The page of the run in the console, or else its whole report, where it is in a bucket. */
export function reportLink({ region, location, links }: Whereabouts): string | undefined {
  const page = links?.page;
  return objectLink(region, location, page !== undefined && isKey(page) ? page : REPORT);
}

/** The command that opens the page for whoever is not in the console. */
export function openCommand({ location, links }: Whereabouts, program: string): string | undefined {
  if (links?.page === undefined || runAddress(location) === undefined) return undefined;
  return `${program} open ${location}`;
}

/** Whether it needs no escaping in an address. */
function isKey(key: string): boolean {
  return /^[\w.-]{1,100}$/.test(key);
}

/** The dashboard of the stack, where the message knows its name. */
export function dashboardOf({ region, links }: Pick<Digest, 'region' | 'links'>) {
  return links?.dashboard === undefined ? undefined : dashboardLink(region, links.dashboard);
}
