/**
 * The numbers that a rule may give with its sentence, each with what it means. Shares are 0..1, the
 * rest are counts, unless the name carries a unit. Public: the JSON schemas list them.
 */
export const measureTexts = {
  entries: 'entries in the table',
  max: 'limit of the table',
  usage: 'entries / max',
  buckets: 'buckets of the hash',
  entriesPerBucket: 'entries in one bucket on average',
  dropped: 'packets of new flows dropped for want of room',
  evicted: 'entries evicted to make room',
  chainsRefused: 'flows refused because a chain of the hash was too long',
  racesLost: 'packets lost in races for one entry',
  tableFullLines: 'lines of the kernel log that say that the table is full',
  secondsAgo: 'seconds since the last such line',
  windowSeconds: 'seconds over which packets, entries and flows were counted; absent: since boot',
  dnsShare: 'share of the table that DNS lookups hold',
  udpDnsShare:
    'share of the table that DNS lookups over UDP hold; of a node with NodeLocal DNSCache without those of CoreDNS',
  waitingShare: 'share of the table that entries hold which only wait',
  unrepliedShare: 'share of the table that flows without an answer hold',
  shareMargin: 'half of the 95 % interval of the share',
  groupUsage: 'median usage of the node group',
  groupNodes: 'nodes of the node group that were read',
  expectedMax: 'limit that the model expects',
  nextMax: 'limit that is to come',
  nextUsage: 'entries / nextMax',
  secondsToFull: 'seconds until the table is full',
  entriesPerHour: 'entries gained each hour',
  allowanceAvailable: 'connections that EC2 would still track',
  allowanceRoom: 'share of the allowance that is left (estimate)',
  packetsExceeded: 'packets beyond a limit of EC2',
  idleTimeoutSeconds: 'seconds that EC2 keeps an idle TCP connection',
  policyTableSize: 'entries that the network policy agent has room for',
  notrackRules: 'rules of NodeLocal DNSCache that keep lookups out of the table',
} as const;

export type MeasureName = keyof typeof measureTexts;

/** The numbers behind one sentence. A number that is absent was not read, and is never 0 instead. */
export type Measures = Readonly<Partial<Record<MeasureName, number>>>;
