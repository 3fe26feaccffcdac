/** Where one account and Region keeps what it learned. A bucket may serve many of them. */
export interface BucketPlace {
  readonly bucket: string;
  /** Id of the audited account: twelve digits. */
  readonly account: string;
  readonly region: string;
}

type Audited = Omit<BucketPlace, 'bucket'>;

/** Runs of one account and Region: ticks of two carry the same run id. */
export function runsPrefix({ account, region }: Audited): string {
  return `runs/${account}/${region}/`;
}

/** Support bundles of one account and Region: `<instance id>/<time>.tar.gz`. */
export function bundlesPrefix({ account, region }: Audited): string {
  return `bundles/${account}/${region}/`;
}

/** Where the bundle of a node goes. `at`: `20261127T180000Z`. */
export function bundleKey(place: Audited, instanceId: string, at: string): string {
  return `${bundlesPrefix(place)}${instanceId}/${at}.tar.gz`;
}

/** The node that a bundle is of, by its key. Nothing where it lies under another kind of key. */
export function nodeOfBundle(place: Audited, key: string): string | undefined {
  const prefix = bundlesPrefix(place);
  if (!key.startsWith(prefix)) return undefined;
  return /^(i-[0-9a-f]{8,17})\/[\w.-]{1,80}\.tar\.gz$/.exec(key.slice(prefix.length))?.[1];
}

/** The ledger of one account and Region, and what was set aside of it. */
export function ledgerPrefix({ account, region }: Audited): string {
  return `ledger/${account}/${region}/`;
}

/** Where the ledger was while its key had no account. It is read if there is no other, and never written. */
export function formerLedgerKey({ region }: Audited): string {
  return `ledger/${region}.json`;
}

/**
 * A pattern over the history of one account and Region, of all days. A day is ten characters: any text in its place
 * could hold the folder of another account.
 */
export function historyPattern({ account, region }: Audited): string {
  return `history/dt=????-??-??/account=${account}/region=${region}/*`;
}
