/** What somebody asks a run before anything is changed. All of it at once. */
export interface Question {
  /** The limit that nodes are to have. Nodes that have more keep it. */
  readonly raiseLimit?: number;
  readonly nodeLocalDnsCache?: true;
  readonly shortenTimeouts?: true;
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

/** One answer to `--if`, as it is written: `raise-limit=524288`. */
interface Asked {
  readonly example: string;
  readonly allowed: string;
  read(value: string): Omit<Question, 'cluster' | 'nodeGroup'> | undefined;
}

const MAX_INT32 = 2_147_483_647;

/** Every change that may be asked about, by its name. */
export const asked: Readonly<Record<string, Asked>> = {
  'raise-limit': {
    example: 'raise-limit=524288',
    allowed: `a whole number from 1 to ${MAX_INT32}`,
    read: (value) => {
      const raiseLimit = wholeNumber(value, 1, MAX_INT32);
      return raiseLimit === undefined ? undefined : { raiseLimit };
    },
  },
  'node-local-dns-cache': {
    example: 'node-local-dns-cache',
    allowed: 'no value',
    read: (value) => (value === '' ? { nodeLocalDnsCache: true } : undefined),
  },
  'shorten-timeouts': {
    example: 'shorten-timeouts',
    allowed: 'no value',
    read: (value) => (value === '' ? { shortenTimeouts: true } : undefined),
  },
  upgrade: {
    example: 'upgrade=1.36',
    allowed: 'a minor of Kubernetes 1, such as 1.36',
    read: (value) => {
      const minor = /^1\.(\d{1,2})$/.exec(value)?.[1];
      return minor === undefined ? undefined : { upgrade: Number(minor) };
    },
  },
  type: {
    example: 'type=m5.2xlarge',
    allowed: 'an instance type, such as m5.2xlarge',
    read: (value) => (/^[a-z0-9-]+\.[a-z0-9-]+$/.test(value) ? { type: value } : undefined),
  },
  nodes: {
    example: 'nodes=+2',
    allowed: 'a whole number from +1 to +1000',
    read: (value) => {
      const nodes = wholeNumber(value.replace(/^\+/, ''), 1, 1_000);
      return nodes === undefined ? undefined : { nodes };
    },
  },
};

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  return value >= least && value <= most ? value : undefined;
}
