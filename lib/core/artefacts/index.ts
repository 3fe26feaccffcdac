import { remedies } from '../remedies/index.js';
import type { FileNeed } from '../judge/remedy.js';
import type { Artefact, ArtefactContext } from './artefact.js';
import { dnsConfigPatch, trailingDotNote } from './dns-config.js';
import { nodeLocalDns } from './node-local-dns.js';
import { raiseLimitFiles } from './raise-limit.js';
import { spreadPatch } from './spread.js';
import { timeoutFiles } from './timeouts.js';
import { growHashScript } from './user-data.js';

/** How one remedy becomes files, in the order in which an operator should consider them. */
type Maker = (context: ArtefactContext) => Artefact[];

const makers: Readonly<Record<string, Maker>> = {
  'raise-limit': raiseLimitFiles,
  'grow-hash': ({ limit }) => [growHashScript(limit)],
  'node-local-dns-cache': (context) => [nodeLocalDns(context)],
  'lower-ndots': (context) => [
    dnsConfigPatch({ name: 'ndots', value: '2' }, context, [
      'External names with two dots or more are then looked up once; web.shop is still found, and musl (Alpine) no longer finds web.shop.svc.',
    ]),
  ],
  'trailing-dot': () => [trailingDotNote],
  'sequential-dns-lookups': (context) => [
    dnsConfigPatch({ name: 'single-request-reopen' }, context, [
      'It cures lookups that race for one entry, and gives A and AAAA one each. glibc only: musl (Alpine) ignores it.',
    ]),
  ],
  'dns-over-tcp': (context) => [
    dnsConfigPatch({ name: 'use-vc' }, context, [
      'It cures lookups that race for one entry, and fills the table: a lookup then holds its entry 120 s in place of 30 s. NodeLocal DNSCache cures the same without that.',
      'glibc only: musl (Alpine) ignores it.',
    ]),
  ],
  'shorten-timeouts': timeoutFiles,
  'spread-workload': () => [spreadPatch],
};

/** Ids of the remedies that can be printed as files. */
export const renderable: readonly string[] = remedies
  .filter(({ files }) => files !== undefined)
  .map(({ id }) => id);

/** What of the context this remedy cannot do without. */
export function needsOf(remedy: string): readonly FileNeed[] {
  return remedies.find(({ id }) => id === remedy)?.files ?? [];
}

/** The files of one remedy; none for a remedy whose steps say it all. */
export function artefactsFor(remedy: string, context: ArtefactContext): Artefact[] {
  return makers[remedy]?.(context) ?? [];
}
