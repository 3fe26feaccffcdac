import { eraOf } from '../limit/era.js';
import { shorterTimeout } from '../measure/waiting-entries.js';
import { count } from '../text/format.js';
import type { Artefact, ArtefactContext } from './artefact.js';
import { kubeProxyConfigScript } from './kube-proxy-config.js';
import { nodeFiles } from './user-data.js';

/** Seconds where no finding promised others. */
const usual = {
  tcp_timeout_close_wait: shorterTimeout('tcp_timeout_close_wait'),
  tcp_timeout_time_wait: shorterTimeout('tcp_timeout_time_wait'),
};

/** The timeouts that kube-proxy writes, by their name in its configuration. */
const ofKubeProxy: Readonly<Record<string, string>> = {
  tcp_timeout_close_wait: 'tcpCloseWaitTimeout',
  tcp_timeout_established: 'tcpEstablishedTimeout',
  udp_timeout: 'udpTimeout',
  udp_timeout_stream: 'udpStreamTimeout',
};

/**
 * The timeouts that a finding promised: through kube-proxy where it writes them, for all nodes alike, and
 * through the nodes for the others. A kube-proxy that only raises leaves all of them to the nodes.
 */
export function timeoutFiles(context: ArtefactContext): Artefact[] {
  const { timeouts = usual, nodes = [] } = context;
  const written = Object.entries(timeouts).flatMap(([name, seconds]) => {
    const known = ofKubeProxy[name];
    return known === undefined ? [] : [[known, `${seconds}s`] as const];
  });
  const onlyRaises = nodes.some(({ kubeProxy }) => eraOf(kubeProxy)?.writes === 'raises-only');
  const because = risk(timeouts);
  const script = kubeProxyConfigScript(
    {
      file: 'shorten-timeouts.sh',
      place: 'recommended',
      values: Object.fromEntries(written),
      because,
    },
    context,
  );
  const all = Object.entries(timeouts).map(
    ([name, value]) => [`nf_conntrack_${name}`, value] as const,
  );
  const byScript = written.length > 0 && !onlyRaises;
  const rest = Object.keys(timeouts).some((name) => ofKubeProxy[name] === undefined);
  return [
    ...(byScript ? [script] : []),
    ...nodeFiles(Object.fromEntries(all), context, {
      place: byScript && !rest ? 'alternative' : 'recommended',
      because,
    }),
  ];
}

function risk({ tcp_timeout_established: idle }: Readonly<Record<string, number>>): string[] {
  return idle === undefined
    ? []
    : [
        `A connection that is idle for longer than ${count(idle)} s is forgotten, and its next packet goes nowhere: give it a keepalive under that.`,
      ];
}
