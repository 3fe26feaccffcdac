/** What somebody asks a run before anything is changed. All of it at once. */
export interface Question {
  /** The limit that nodes are to have. Nodes that have more keep it. */
  readonly raiseLimit?: number;
  readonly nodeLocalDnsCache?: true;
  readonly shortenTimeouts?: true;
  readonly shortenUdpTimeout?: true;
  readonly lowerNdots?: true;
  readonly restartKubeProxy?: true;
  /** A minor of Kubernetes 1: 36. */
  readonly upgrade?: number;
  readonly type?: string;
  /** Nodes that each group gets more. */
  readonly nodes?: number;
  /** Absent: all clusters. */
  readonly cluster?: string;
  /** Absent: all groups. */
  readonly nodeGroup?: string;
}

/** The parts of a question that are remedies of the catalogue as they are. */
const remedies = {
  restartKubeProxy: 'restart-kube-proxy',
  nodeLocalDnsCache: 'node-local-dns-cache',
  shortenTimeouts: 'shorten-timeouts',
  shortenUdpTimeout: 'shorten-udp-timeout',
  lowerNdots: 'lower-ndots',
} as const satisfies Partial<Record<keyof Question, string>>;

type ByRemedy = keyof typeof remedies;

/** Ids of the remedies that a question asks about by their names. */
export function asRemedies(question: Question): string[] {
  const keys = Object.keys(remedies) as ByRemedy[];
  return keys.filter((key) => question[key] === true).map((key) => remedies[key]);
}

/** One answer to `--if`, as it is written: `raise-limit=524288`. */
interface Asked {
  readonly example: string;
  readonly allowed: string;
  /** What it asks for; nothing where the value is not allowed. */
  read(value: string | undefined): Omit<Question, 'cluster' | 'nodeGroup'> | undefined;
}

const MAX_INT32 = 2_147_483_647;

/** Every change that may be asked about, by its name. */
export const asked: Readonly<Record<string, Asked>> = {
  'raise-limit': {
    example: 'raise-limit=524288',
    allowed: `a whole number from 1 to ${MAX_INT32}`,
    read: (value = '') => {
      const raiseLimit = wholeNumber(value, 1, MAX_INT32);
      return raiseLimit === undefined ? undefined : { raiseLimit };
    },
  },
  'node-local-dns-cache': alone('nodeLocalDnsCache'),
  'shorten-timeouts': alone('shortenTimeouts'),
  'shorten-udp-timeout': alone('shortenUdpTimeout'),
  'lower-ndots': alone('lowerNdots'),
  'restart-kube-proxy': alone('restartKubeProxy'),
  upgrade: {
    example: 'upgrade=1.36',
    allowed: 'a minor of Kubernetes 1, such as 1.36',
    read: (value = '') => {
      const minor = /^1\.(\d{1,2})$/.exec(value)?.[1];
      return minor === undefined ? undefined : { upgrade: Number(minor) };
    },
  },
  type: {
    example: 'type=m5.2xlarge',
    allowed: 'an instance type, such as m5.2xlarge',
    read: (value = '') => (/^[a-z0-9-]+\.[a-z0-9-]+$/.test(value) ? { type: value } : undefined),
  },
  nodes: {
    example: 'nodes=+2',
    allowed: 'a whole number from +1 to +1000',
    read: (value = '') => {
      const nodes = wholeNumber(value.replace(/^\+/, ''), 1, 1_000);
      return nodes === undefined ? undefined : { nodes };
    },
  },
};

/** A remedy that is asked about by its name, without a value. */
function alone(key: ByRemedy): Asked {
  return {
    example: remedies[key],
    allowed: 'no value',
    read: (value) => (value === undefined ? { [key]: true } : undefined),
  };
}

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  return value >= least && value <= most ? value : undefined;
}
