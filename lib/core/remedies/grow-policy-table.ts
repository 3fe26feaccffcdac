import type { Remedy, Weighed } from '../judge/remedy.js';
import { count, percent } from '../text/format.js';
import { AGENT } from './shared/limit-prices.js';
import { NO_SETTING } from './shared/auto-mode.js';

/**
 * Gives the table of AWS's network policy agent as many entries as the kernel's may have. The agent takes
 * its size when it makes the table, on new nodes.
 *
 * @see https://github.com/aws/aws-network-policy-agent#network-policy-agent-arguments
 */
export const growPolicyTable: Remedy = {
  id: 'grow-policy-table',
  title: 'Give the network policy agent a table as large as the kernel has',
  reach: 'cluster',
  notOnAutoMode: NO_SETTING,
  answers: [],
  alsoAnswers: {
    'policy-table': 'it is the table that is too small',
  },

  assess({ facts: { table, networkPolicyAgent: agent }, cluster }): Weighed | undefined {
    if (table === undefined || agent?.enabled !== true) return undefined;
    const size = agent.tableSize ?? AGENT.starts;
    const wanted = Math.min(AGENT.most, table.max);
    if (wanted <= size) {
      return {
        helps: false,
        reason: `it has ${count(size)} entries, and takes at most ${count(AGENT.most)}`,
        predicted: {},
        steps: [],
      };
    }
    const addOn = `--cluster-name ${cluster} --addon-name vpc-cni`;
    const values = { nodeAgent: { conntrackCacheTableSize: String(wanted) } };
    return {
      helps: true,
      reason: `with ${count(wanted)} entries the entries of today use ${percent(table.entries / wanted)} of it, in place of ${percent(Math.min(1, table.entries / size))}; its memory is that of eBPF maps on each node`,
      predicted: {},
      steps: [
        `what is set today, to keep and to go back to: aws eks describe-addon ${addOn} --query addon.configurationValues`,
        `aws eks update-addon ${addOn} --resolve-conflicts PRESERVE --configuration-values '${JSON.stringify(values)}' (with what is set today in it: the values replace those that there are)`,
        'it holds on nodes that start after it: roll the nodes of the group',
        'undo: the same command with the values of before',
        'proof: the next audit no longer finds policy-table on new nodes',
      ],
    };
  },
};
