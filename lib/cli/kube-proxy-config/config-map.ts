import { printedJson, type Printed } from '../../core/render/lines.js';

const KEY = 'config';

/** The configuration that a ConfigMap holds, from what `kubectl get configmap -o json` prints. */
export function configurationOf(printed: string): string {
  const { kind, data } = parsedJson(printed) as { kind?: unknown; data?: Record<string, unknown> };
  if (kind !== 'ConfigMap') throw new Error(`its kind should be ConfigMap, got '${String(kind)}'`);
  const config = data?.[KEY];
  if (typeof config === 'string') return config;
  const keys = Object.keys(data ?? {}).join(', ');
  throw new Error(
    `the ConfigMap should hold a text under '${KEY}'; it holds: ${keys || 'nothing'}`,
  );
}

function parsedJson(printed: string): object {
  let value: unknown;
  try {
    value = JSON.parse(printed);
  } catch {
    throw new Error('should be what kubectl get configmap -o json prints, got no JSON');
  }
  if (typeof value === 'object' && value !== null) return value;
  throw new Error(`should be a ConfigMap as JSON, got '${String(value)}'`);
}

/** A JSON Patch that changes the configuration, and only where it is still what was read. */
export function patchOf(before: string, after: string): Printed {
  const path = `/data/${KEY}`;
  return printedJson([
    { op: 'test', path, value: before },
    { op: 'replace', path, value: after },
  ]);
}
