import { OWN_NAME } from './core/render/command-text.js';

/**
 * How to call this program again, by the file that runs: what is printed works where it is printed. `npx` with the
 * name of the package is said only where npx brought it: elsewhere it would run whatever a registry has by that name.
 */
export function programName(file: string | undefined): string {
  const path = (file ?? '').replaceAll('\\', '/');
  if (path.endsWith('/bin/conntrack-auditor.ts')) return 'npm run --silent cli --';
  const isLinked = /\/node_modules\/\.bin\/(?:eks-)?conntrack-auditor$/.test(path);
  if (isLinked) return path.includes('/_npx/') ? 'npx eks-conntrack-auditor' : `npx ${OWN_NAME}`;
  if (path.endsWith('/dist/cli/conntrack-auditor.js')) return `node ${path}`;
  return OWN_NAME;
}

/** How this process was called. */
export const PROGRAM = programName(process.argv[1]);
