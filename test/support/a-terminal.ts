import type { Terminal } from '../../lib/cli/terminal.js';

/** A terminal that remembers what was written to it. */
export function aTerminal(different: Partial<Terminal> = {}) {
  const out: string[] = [];
  const notes: string[] = [];
  const terminal: Terminal = {
    write: (text) => out.push(text),
    clear: () => out.splice(0),
    note: (text) => notes.push(text),
    colour: false,
    interactive: false,
    columns: 100,
    ascii: false,
    ...different,
  };
  return { terminal, out: () => out.join(''), notes: () => notes.join('') };
}
