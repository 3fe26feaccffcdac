/** Seconds of each unit of Go. */
const UNITS = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3_600 } as const;
const PART = /(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g;

/**
 * Whole seconds of a duration as Go writes it: `1h0m0s`. kube-proxy cuts what is below a second. Nothing
 * for text that is none, and for less than zero.
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function goSeconds(value: unknown): number | undefined {
  if (value === '0') return 0;
  if (typeof value !== 'string' || !/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(value)) {
    return undefined;
  }
  const parts = [...value.matchAll(PART)].map(
    ([, amount, unit]) => Number(amount) * UNITS[unit as keyof typeof UNITS],
  );
  const seconds = Math.floor(parts.reduce((sum, part) => sum + part, 0));
  return seconds <= 4_294_967_295 ? seconds : undefined;
}
