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
