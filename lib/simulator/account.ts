import type { InstanceShape } from '../core/node/fleet.js';
import { PROBE_DOCUMENT, probeDocument, runShellScript } from './built-in-documents.js';
import type { Command } from './commands.js';
import { parseDocument, type CommandDocument } from './documents.js';
import { allInstances, type SimulatedFleet, type SimulatedNode } from './fleet.js';
import type { SimulatedOrganization } from './organization.js';
import { Sessions } from './sessions.js';

/** The account that the embedded SNS, SQS and S3 know; nobody owns it. */
export const ACCOUNT_ID = '000000000000';
export const REGION = 'us-east-1';
/** The name of the main account, as IAM has it. */
const ALIAS = 'conntrack-demo';
/** Name of the topic that receives findings. */
export const TOPIC = 'conntrack-auditor-findings';
/** Holds the runs of audits. */
export const BUCKET = 'conntrack-auditor-runs';

/** Everything that the simulated account remembers in one Region. Operations read and change it. */
export interface Account {
  /** Twelve digits. */
  readonly id: string;
  readonly region: string;
  /** Its name, as IAM has it. Empty: it has none. */
  readonly alias: string;
  readonly fleet: SimulatedFleet;
  /** By instance id, clusters and bystanders alike. */
  readonly instances: ReadonlyMap<string, SimulatedNode>;
  readonly shapes: readonly InstanceShape[];
  readonly documents: Map<string, CommandDocument>;
  /** By command id, oldest first. */
  readonly commands: Map<string, Command>;
  /** ARN of whoever asks. Absent: the root user. */
  readonly caller?: string;
  /** Actions that the caller may not do, such as `eks:ListClusters`. Absent: none. */
  readonly denied?: ReadonlySet<string>;
  /** Actions that are throttled, each try of them. Absent: none. */
  readonly throttled?: ReadonlySet<string>;
  /** The organization that it is of. Absent: it stands alone. */
  readonly organization?: SimulatedOrganization;
  /** Actions that were asked for, granted or not. */
  readonly asked: Set<string>;
  /** The role sessions that STS hands out. */
  readonly sessions: Sessions;
  readonly now: () => Date;
  /** Starts a command on its nodes and returns at once. */
  readonly dispatch: (command: Command) => void;
}

type Usual = 'id' | 'region' | 'alias' | 'asked' | 'sessions';

/** The parts of an account. What is usual may be left out: then it is the main account. */
export interface AccountParts
  extends Omit<Account, 'documents' | 'commands' | Usual>, Partial<Pick<Account, Usual>> {
  /** Text of the probe. */
  readonly probe: string;
}

/** A fresh account with Amazon's shell document and the one that holds the probe. */
export function createAccount({ probe, ...parts }: AccountParts): Account {
  const createdAt = parts.now();
  const documents = [
    parseDocument(PROBE_DOCUMENT, probeDocument(probe), { owner: 'self', createdAt }),
    parseDocument('AWS-RunShellScript', runShellScript, { owner: 'Amazon', createdAt }),
  ];
  return {
    id: ACCOUNT_ID,
    region: REGION,
    alias: ALIAS,
    asked: new Set(),
    sessions: new Sessions(parts.organization),
    ...parts,
    documents: new Map(documents.map((document) => [document.name, document])),
    commands: new Map(),
  };
}

/** Every instance of a fleet by its id. Fails if two share one. */
export function instancesById(fleet: SimulatedFleet): ReadonlyMap<string, SimulatedNode> {
  const instances = allInstances(fleet);
  const byId = new Map(instances.map((node) => [node.instanceId, node]));
  if (byId.size === instances.length) return byId;
  throw new Error('two instances of the fleet share one id');
}
