import { newInterfaceFiles, type InterfaceFiles } from './allowance.js';
import { newConntrackFile, type ConntrackFile } from './conntrack.js';
import type { BundleFileKind } from './files.js';
import { newHostFiles, type HostFiles } from './host-files.js';
import { newIdentityFiles, type IdentityFiles } from './identity.js';
import { newKernelLog, type KernelLog } from './kernel-log.js';
import { newLookupRules, type RuleFiles } from './lookup-rules.js';
import { Owners } from './owners.js';
import { newProcesses, type Processes } from './processes.js';

/** What is kept of the files of one bundle. */
export interface BundleState {
  /** The files that said anything, each with the one that was taken first. */
  readonly seen: Map<BundleFileKind, symbol>;
  settings: Map<string, string>;
  readonly conntrack: ConntrackFile;
  readonly conntrack6: ConntrackFile;
  readonly log: KernelLog;
  readonly bootLog: KernelLog;
  readonly host: HostFiles;
  readonly processes: Processes;
  readonly interfaces: InterfaceFiles;
  readonly rules: RuleFiles;
  readonly owners: Owners;
  readonly identity: IdentityFiles;
}

/** The state that holds what a kind of file said: by its own path, else by what it holds. */
export type Pick = (kind: BundleFileKind) => BundleState;

export function newBundleState(): BundleState {
  return {
    seen: new Map(),
    settings: new Map(),
    conntrack: newConntrackFile(),
    conntrack6: newConntrackFile(),
    log: newKernelLog(),
    bootLog: newKernelLog(),
    host: newHostFiles(),
    processes: newProcesses(),
    interfaces: newInterfaceFiles(),
    rules: {
      iptables: newLookupRules(),
      ip6tables: newLookupRules(),
      nftRaw: newLookupRules(),
      nftRaw6: newLookupRules(),
    },
    owners: new Owners(),
    identity: newIdentityFiles(),
  };
}
