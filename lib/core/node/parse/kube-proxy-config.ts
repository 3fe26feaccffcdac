import { parseDocument } from 'yaml';
import { proxyModes, type ProxyMode } from '../fleet.js';
import { present } from '../../text/present.js';
import { remembered } from '../../text/remembered.js';
import type { KubeProxyConfig, KubeProxyConfigState } from '../snapshot.js';
import { object, whole } from './fields.js';
import { goSeconds } from './go-duration.js';

type Answer = Readonly<Record<string, unknown>>;

/** The largest number that kube-proxy's configuration can hold. */
const MAX_INT32 = 2_147_483_647;
/** More than the probe ever tells of a configuration. */
const LONGEST = 600;

const numbers = ['maxPerCore', 'min'] as const;
const durations = [
  'tcpEstablishedTimeout',
  'tcpCloseWaitTimeout',
  'udpTimeout',
  'udpStreamTimeout',
] as const;

/** What is known of kube-proxy's configuration, and how well. */
export interface KubeProxyConfiguration {
  readonly state: KubeProxyConfigState;
  /** Present where the state is `known`, and has one key at least. */
  readonly config?: KubeProxyConfig;
  readonly mode?: ProxyMode;
}

const notUnderstood: KubeProxyConfiguration = { state: 'not-understood' };

/**
 * The configuration that the next start of kube-proxy will read, by its meaning: what kube-proxy would
 * refuse, or this parser takes for something else than it says, is not understood. Nothing where no
 * kube-proxy runs.
 */
export function parseKubeProxyConfiguration(answer: Answer): KubeProxyConfiguration | undefined {
  const told = object(answer['kubeProxy']);
  if (told?.['running'] === false) return undefined;
  const text = told?.['running'] === true ? told['config'] : undefined;
  if (text === undefined) return ofFirstProbes(told);
  return typeof text === 'string' && text.length <= LONGEST ? readText(text) : notUnderstood;
}

/** Nodes of a cluster tell the same text. */
const readText = remembered((text: string): KubeProxyConfiguration => {
  const document = text === '' ? {} : parseYaml(text);
  return document === undefined ? notUnderstood : readDocument(document);
}, 1_000);

/** The first probes told two numbers in place of the text. What they did not tell, nobody knows. */
function ofFirstProbes(told: Answer | undefined): KubeProxyConfiguration {
  const config = present({
    maxPerCore: whole(told?.['maxPerCore'], MAX_INT32),
    min: whole(told?.['min'], MAX_INT32),
  });
  const known = told?.['running'] === true && Object.keys(config).length > 0;
  return known ? { state: 'known', config } : { state: 'not-visible' };
}

/** As the YAML 1.1 that Kubernetes reads. The probe tells nothing with anchors or tags, and none is believed. */
function parseYaml(text: string): Answer | undefined {
  if (/[&*!|>%@`]/.test(text)) return undefined;
  const document = parseDocument(text, { version: '1.1', uniqueKeys: true, logLevel: 'silent' });
  if (document.errors.length > 0 || document.warnings.length > 0) return undefined;
  return object(document.toJS());
}

function readDocument(document: Answer): KubeProxyConfiguration {
  const mode = modeOf(document['mode']);
  const block = document['conntrack'] ?? {};
  const config = readBlock(object(block));
  if (config === undefined) return present({ ...notUnderstood, mode });
  if (Object.keys(config).length === 0) return present({ state: 'absent' as const, mode });
  return present({ state: 'known' as const, config, mode });
}

/** An empty mode is the default of Linux. Nothing for one that this product does not know. */
function modeOf(value: unknown): ProxyMode | undefined {
  const mode = value ?? '';
  return mode === '' ? 'iptables' : proxyModes.find((known) => known === mode);
}

/** The keys that the block has. `null` is as good as no key; a value of another kind spoils the block. */
function readBlock(block: Answer | undefined): KubeProxyConfig | undefined {
  if (block === undefined) return undefined;
  const entries = [
    ...numbers.map((name) => [name, block[name] ?? undefined, toInt32] as const),
    ...durations.map((name) => [name, block[name] ?? undefined, goSeconds] as const),
  ]
    .filter(([, value]) => value !== undefined)
    .map(([name, value, read]) => [name, read(value)] as const);
  return entries.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(entries);
}

function toInt32(value: unknown): number | undefined {
  return whole(value, MAX_INT32);
}
