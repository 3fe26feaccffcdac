import type { LedgerStore } from '../core/run/ports.js';
import { checkRunKey } from '../core/text/run-key.js';

/** Keeps the ledger for as long as the process lives. */
export class MemoryLedger implements LedgerStore {
  /** Texts that were set aside, by their place. */
  readonly aside = new Map<string, string>();
  private kept: { readonly text: string; readonly version: string } | undefined;
  private writes = 0;

  read(): ReturnType<LedgerStore['read']> {
    return Promise.resolve(this.kept);
  }

  write(text: string, expected: string | undefined): Promise<'written' | 'conflict'> {
    if (this.kept?.text === text) return Promise.resolve('written');
    if (this.kept?.version !== expected) return Promise.resolve('conflict');
    this.writes += 1;
    this.kept = { text, version: `write ${this.writes}` };
    return Promise.resolve('written');
  }

  setAside(name: string, text: string): Promise<string> {
    return new Promise((resolve) => {
      const place = `memory, as ${checkRunKey(name)}`;
      this.aside.set(place, text);
      resolve(place);
    });
  }
}
