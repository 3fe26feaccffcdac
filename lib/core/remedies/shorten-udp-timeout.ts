import { countDnsByHand, udpDnsShare } from '../measure/dns-share.js';
import type { Case, Remedy, Weighed } from '../judge/remedy.js';
import { shareOf, shareText, type Share } from '../measure/share.js';
import { freedBy } from '../measure/older-entries.js';
import type { NodeFacts } from '../node/snapshot.js';
import { usageOnce } from './shared/sizing.js';
import { secondsText, timeoutSteps } from './shared/timeout-steps.js';
import { NO_SETTING } from './shared/auto-mode.js';

/** Seconds that suffice: a resolver gives up, or asks again, after 5. Twice that, a house choice. */
const SHORTER = 10;

/** Share 0..1 of the table below which it is not worth an edit. A house choice. */
const WORTH = 0.01;

/**
 * Lets a lookup over UDP go 10 s after its answer in place of 30 s. It is one line of kube-proxy's
 * configuration, and no pod is edited.
 *
 * A lookup is two packets one way and the other within 2 s, so that its entry never becomes a stream,
 * which is kept by another timeout.
 *
 * @see https://docs.kernel.org/networking/nf_conntrack-sysctl.html
 * @see https://github.com/kubernetes/kubernetes/pull/120808
 * @see https://man7.org/linux/man-pages/man5/resolv.conf.5.html
 */
export const shortenUdpTimeout: Remedy = {
  id: 'shorten-udp-timeout',
  title: 'Let the entries of lookups over UDP go sooner',
  reach: 'cluster',
  notOnAutoMode: NO_SETTING,
  answers: ['room'],
  alsoAnswers: {
    'dns-entry-share': 'a lookup waits for most of the time that it has an entry',
  },
  emptiesBySetting: true,

  assess(weighed) {
    const { facts } = weighed;
    const seconds = facts.timeouts?.['udp_timeout'];
    const dns = udpDnsShare(facts);
    if (seconds === undefined || dns === undefined || facts.table === undefined) return unread;
    if (seconds <= SHORTER) {
      return useless(weighed, `entries of UDP are kept ${secondsText(seconds)} here already`);
    }
    const { freed, bound } = freedOf(facts, dns, seconds);
    if (freed.share < WORTH) {
      return useless(weighed, `it would free ${shareText(freed)} of the entries`);
    }
    const at = bound === undefined ? '' : 'at most ';
    return {
      helps: true,
      reason: `a resolver gives up after 5 s, and the entry of its lookup stays ${secondsText(seconds)}; ${secondsText(SHORTER)} would free ${at}${shareText(freed)} of the entries${price}`,
      predicted: usageOnce(freed, 0, facts, weighed.policy, bound),
      steps: timeoutSteps([{ timeout: 'udp_timeout', seconds, shorter: SHORTER }], weighed),
    };
  },
};

const price =
  '; its price: an answer over UDP that comes later than that belongs to no flow, which other protocols than DNS may have';

/** What has waited for longer goes; where ages are not known, of lookups what a steady rate leaves. */
function freedOf(facts: NodeFacts, dns: Share, seconds: number) {
  const { makeup, table } = facts;
  const older = makeup && freedBy(makeup, 'UDP', SHORTER);
  const all = table?.entries ?? 0;
  const counted = older === undefined ? undefined : makeup && shareOf(older, makeup, all);
  if (counted !== undefined) return { freed: counted };
  const factor = (seconds - SHORTER) / seconds;
  const freed = { share: dns.share * factor, margin: dns.margin * factor };
  return { freed, bound: 'at least' as const };
}

const unread: Weighed = {
  helps: null,
  reason:
    'frees up to two of three entries of lookups over UDP; how many those are, or how long they are kept, was not read',
  predicted: {},
  steps: [countDnsByHand],
};

function useless({ facts, policy }: Case, reason: string): Weighed {
  const none = { share: 0, margin: 0 };
  return { helps: false, reason, predicted: usageOnce(none, 0, facts, policy), steps: [] };
}
