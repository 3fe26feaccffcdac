import { MAX_INT32 } from '../../core/limit/limit-fields.js';

/** A value of the conntrack block as JSON holds it. */
export type Value = number | boolean | string;

/** Values of the conntrack block by their name: `min`. */
export type Wanted = ReadonlyMap<string, Value>;

interface Kind {
  readonly allowed: string;
  read(text: string): Value | undefined;
}

const wholeNumber: Kind = {
  allowed: `a whole number from 0 to ${MAX_INT32}`,
  read: (text) => {
    const value = /^(0|[1-9]\d{0,9})$/.test(text) ? Number(text) : Infinity;
    return value <= MAX_INT32 ? value : undefined;
  },
};

/** The form of Go, whose own writing of an hour is `1h0m0s`. */
const duration: Kind = {
  allowed: 'a duration such as 90s or 1h30m',
  read: (text) => (/^(\d{1,9}(ms|s|m|h))+$/.test(text) ? text : undefined),
};

const yesOrNo: Kind = {
  allowed: 'true or false',
  read: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
};

/**
 * Every value of the block, as of 1.36.
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/staging/src/k8s.io/kube-proxy/config/v1alpha1/types.go
 */
const kinds: Readonly<Record<string, Kind>> = {
  maxPerCore: wholeNumber,
  min: wholeNumber,
  tcpEstablishedTimeout: duration,
  tcpCloseWaitTimeout: duration,
  tcpBeLiberal: yesOrNo,
  udpTimeout: duration,
  udpStreamTimeout: duration,
};

/** Reads `conntrack.min=524288`. Fails on a name or a value that kube-proxy would not take. */
export function readWanted(text: string): { readonly name: string; readonly value: Value } {
  const { name = '', given = '' } =
    /^conntrack\.(?<name>\w+)=(?<given>.*)$/s.exec(text)?.groups ?? {};
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (kind === undefined) {
    const names = Object.keys(kinds).map((known) => `conntrack.${known}=...`);
    throw new Error(`should be one of ${names.join(', ')}, got '${text}'`);
  }
  const value = kind.read(given);
  if (value === undefined) {
    throw new Error(`conntrack.${name} should be ${kind.allowed}, got '${given}'`);
  }
  return { name, value };
}
