import type { Fault } from './fake/fault.js';

/** One call of an audit that leaves something behind: a put, or a publication. */
export interface Write {
  /** As people read it. */
  readonly name: string;
  readonly on: string;
  /** The end of the key. */
  readonly about?: string;
  /** Which one of several such calls. @default 1 */
  readonly nth?: number;
  /** The channel that hears of something by it. */
  readonly channel?: 'topic' | 'events' | 'security-hub';
  /** `before`: the promise is not in the ledger yet. `marks`: a channel's name. */
  readonly isBeforePromise?: true;
  readonly marks?: 'topic' | 'events' | 'security-hub';
}

const put = (name: string, about: string, nth = 1): Write => ({
  name,
  on: 's3:PutObject',
  about,
  nth,
});

const early = (name: string, about: string): Write => ({
  ...put(name, about),
  isBeforePromise: true,
});

/** Every write of an audit of one command that tells three channels, in the order in which it happens. */
export const writes: readonly Write[] = [
  early('which run it is', '/run.json'),
  early('the policy', '/policy.json'),
  early('the fleet', '/fleet.json'),
  early('whom to ask', '/asking.json'),
  early('what was sent', '/commands/00000.json'),
  early('the answers', '/answers/00000.json'),
  { ...put('the promise in the ledger', 'ledger'), isBeforePromise: true },
  put('what was recalled', '/recalled.json'),
  put('the report', '/report.json'),
  put('the page', '/report.html'),
  put('the message', '/digest.json'),
  put('the record', '/record.json'),
  put('the history', 'history/'),
  put('the claim in the ledger', 'ledger', 2),
  { name: 'the mail', on: 'sns:Publish', channel: 'topic' },
  { ...put('the mark of the mail', 'ledger', 3), marks: 'topic' },
  { name: 'the events', on: 'events:PutEvents', channel: 'events' },
  { ...put('the mark of the events', 'ledger', 4), marks: 'events' },
  { name: 'the import', on: 'securityhub:BatchImportFindings', channel: 'security-hub' },
  { ...put('the mark of the import', 'ledger', 5), marks: 'security-hub' },
];

/** A fault of exactly this write. */
export function faultAt({ on, about, nth = 1 }: Write, fault: Omit<Fault, 'on' | 'from'>): Fault {
  return { on, from: nth, ...(about !== undefined && { about }), ...fault };
}
