import { present } from '../../text/present.js';
import type { NodeFacts } from '../snapshot.js';
import { parseAllowance } from './allowance.js';
import { parseChurn } from './churn.js';
import { MAX_COUNTER, MAX_CPUS, MAX_UINT32, numbers, object, whole, word } from './fields.js';
import { parseKubeProxy } from './kube-proxy.js';
import { parseKubeProxyConfiguration } from './kube-proxy-config.js';
import {
  parseBoot,
  parseBundleSource,
  parseEntryBytes,
  parseMemory,
  parseNetwork,
  parseNetworkPolicyAgent,
  parseNodeLocalDns,
  parseOs,
  parseTableFull,
} from './host.js';
import { parseMakeup } from './makeup.js';
import { parseHash, parseReading, parseTable } from './table.js';

/** What GetCommandInvocation can carry at most. A longer text is not an answer of our probe. */
const LONGEST_ANSWER = 24_000;

/**
 * Reads what the probe printed. Gives nothing when the text is not a whole answer; a single field
 * that is missing or damaged only leaves its own fact absent.
 */
export function parseAnswer(text: string): NodeFacts | undefined {
  const answer = text.length <= LONGEST_ANSWER ? parseJsonObject(text) : undefined;
  if (answer?.['v'] !== 1) return undefined;
  const reading = parseReading(answer);
  const table = parseTable(reading);
  const allowance = parseAllowance(answer);
  const { state, config, mode } = parseKubeProxyConfiguration(answer) ?? {};
  return present({
    probe: word(answer['probe']),
    bundle: parseBundleSource(answer),
    reading,
    table,
    hash: parseHash(table),
    counters: numbers(answer['stat'], MAX_COUNTER),
    timeouts: numbers(answer['timeouts'], MAX_UINT32),
    memory: parseMemory(answer),
    vcpus: whole(answer['vcpus'], MAX_CPUS) || undefined,
    threadsPerCore: whole(answer['threadsPerCore'], 8) || undefined,
    kernel: word(answer['kernel']),
    os: parseOs(answer),
    boot: parseBoot(answer),
    tableFull: parseTableFull(answer),
    network: parseNetwork(answer),
    kubeProxy: parseKubeProxy(answer, config),
    kubeProxyConfig: config,
    kubeProxyConfigState: state,
    proxyMode: mode,
    makeup: parseMakeup(answer),
    churn: parseChurn(answer),
    allowance,
    allowanceAvailable: allowance?.available,
    nodeLocalDns: parseNodeLocalDns(answer),
    networkPolicyAgent: parseNetworkPolicyAgent(answer),
    entryBytes: parseEntryBytes(answer),
  });
}

function parseJsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return object(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
