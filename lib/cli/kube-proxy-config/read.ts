import { inspect } from 'node:util';
import { isMap, isPair, isScalar, parseAllDocuments, visit, type Document } from 'yaml';

/** The versions of YAML that readers follow: kube-proxy's knows 1.1, in which `010` is 8 and `on` is true. */
const versions = ['1.1', '1.2'] as const;

/** A configuration of kube-proxy, as a document that keeps its comments and as what each version of YAML reads. */
export interface Configuration {
  readonly document: Document.Parsed;
  readonly readings: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Reads the configuration of a kube-proxy. Fails on what could mean something else to kube-proxy, or what
 * could not be edited without a doubt: it is rather refused than guessed.
 */
export function readConfiguration(text: string): Configuration {
  const document = onlyDocument(text, '1.2');
  refuseWhatIsShared(document);
  const readings = versions.map((version) => {
    const value: unknown = onlyDocument(text, version).toJS();
    return mapping(value, 'the configuration');
  });
  readings.forEach(refuseStrangers);
  if (text.trimStart().startsWith('{')) refuseUnlessJson(text);
  return { document, readings };
}

/** The conntrack block of what was read: empty where there is none. */
export function blockOf({ conntrack }: Readonly<Record<string, unknown>>) {
  return conntrack === undefined || conntrack === null
    ? {}
    : mapping(conntrack, 'its conntrack block');
}

function onlyDocument(text: string, version: (typeof versions)[number]): Document.Parsed {
  if (/^[ ]*\t/m.test(text)) throw new Error('a line is indented with a tab');
  const documents = parseAllDocuments(text, { version, intAsBigInt: true, prettyErrors: false });
  const [document, ...others] = Array.isArray(documents) ? documents : [];
  if (document === undefined) throw new Error('the configuration is empty');
  if (others.length > 0) throw new Error(`it holds ${others.length + 1} documents in place of one`);
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) throw new Error(`it is no plain YAML: ${problem.message}`);
  if (/^%/m.test(text)) throw new Error('it has a directive of YAML');
  return document;
}

/** Anchors, aliases, tags and merged keys let one place of a text change another. */
function refuseWhatIsShared(document: Document): void {
  visit(document, {
    Alias: () => {
      throw new Error('it has an alias of YAML (*)');
    },
    Node: (_key, node, path) => {
      if ('anchor' in node && node.anchor) throw new Error(`it has an anchor (&${node.anchor})`);
      if (node.tag !== undefined) throw new Error(`it has a tag of YAML (${node.tag})`);
      const parent = path.at(-1);
      if (!isPair(parent) || parent.key !== node) return;
      if (!isScalar(node) || typeof node.value !== 'string') {
        throw new Error('it has a key that is no text');
      }
      if (node.value === '<<') throw new Error('it has a merged key (<<)');
    },
  });
}

function refuseStrangers({ kind, apiVersion, conntrack }: Readonly<Record<string, unknown>>): void {
  if (kind !== 'KubeProxyConfiguration') {
    throw new Error(`its kind should be KubeProxyConfiguration, got ${inspect(kind)}`);
  }
  const known = 'kubeproxy.config.k8s.io/v1alpha1';
  if (apiVersion !== undefined && apiVersion !== known) {
    throw new Error(`its apiVersion should be ${known}, got ${inspect(apiVersion)}`);
  }
  blockOf({ conntrack });
}

/** What begins with a brace kube-proxy reads as JSON, and as nothing else. */
export function refuseUnlessJson(text: string): void {
  try {
    JSON.parse(text);
  } catch {
    throw new Error('it begins with { and is no JSON, so kube-proxy does not read it');
  }
}

function mapping(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw new Error(`${what} should be a mapping, got ${inspect(value)}`);
}

/** The block as a node that can be edited, where there is one. */
export function blockNode(document: Document) {
  const node = document.get('conntrack', true);
  return isMap(node) ? node : undefined;
}
