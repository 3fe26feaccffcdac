import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';

/** As much of a command as the list of all commands tells. */
interface Outline {
  readonly about: string;
  /** Its arguments, as commander writes them. */
  readonly takes?: string;
  /** Absent: it has some. */
  readonly options?: false;
}

/** Each command, in the order of the help, so that the list of them loads none. A test holds them to the commands. */
const outlines: Readonly<Record<string, Outline>> = {
  audit: {
    about: 'audit the EKS nodes of one account and Region, or of many',
    takes: '[clusters...]',
  },
  report: { about: 'judge a saved run again, without AWS' },
  open: {
    about: 'print where the page of a run is: an address for the browser, or a file',
    takes: '<run>',
  },
  node: { about: 'judge this Linux host, or a support bundle, with the same probe and rules' },
  collect: { about: 'print NodeDiagnostics by which nodes of EKS Auto Mode make support bundles' },
  limit: {
    about: 'predict the conntrack limit of a node, and say what would move it',
    takes: '[type]',
  },
  plan: {
    about: 'what to do about a saved run, best first; with --if what a change would do',
  },
  fix: {
    about: 'print what is ready to apply, for a finding or a remedy',
    takes: '[finding|remedy]',
  },
  'kube-proxy-config': {
    about: 'make the patch that changes the conntrack block of kube-proxy’s ConfigMap',
  },
  explain: { about: 'explain a rule or a remedy', takes: '[id]' },
  notify: { about: 'publish a test message, to see whether it arrives' },
  history: {
    about: 'ask saved history for the worst nodes, changed limits, or drops by node group',
    takes: '<question>',
  },
  mcp: { about: 'answer agents over stdio (Model Context Protocol); only reads' },
  doctor: { about: 'check what an audit needs, one by one, and name the next command' },
  demo: { about: 'audit a simulated fleet: no AWS account, nothing leaves this machine' },
  simulate: { about: 'serve the simulated account on 127.0.0.1 for any AWS client' },
  completion: {
    about: 'print the script that completes commands, options and their words',
    takes: '<shell>',
    options: false,
  },
};

export const names: readonly string[] = Object.keys(outlines);

/** A command that can be listed and suggested, and does nothing. */
export function outlineOf(name: string): CommandUnknownOpts {
  const { about = '', takes, options } = outlines[name] ?? {};
  const command: CommandUnknownOpts = new Command(name).description(about);
  if (takes !== undefined) command.arguments(takes);
  return options === false ? command : command.option('--any');
}
