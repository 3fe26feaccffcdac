import { describe, expect, it } from 'vitest';
import { paintFor } from '../../lib/cli/terminal.js';
import { aTerminal } from '../support/a-terminal.js';

describe('paintFor', () => {
  it('adds nothing where stdout is no terminal', () => {
    const { severity, strong } = paintFor(aTerminal().terminal);
    expect(severity.critical('x') + strong('x')).toBe('xx');
  });

  it('colours on a terminal', () => {
    const { severity } = paintFor(aTerminal({ colour: true }).terminal);
    expect(severity.critical('x')).toMatch(/^\u001b\[.*x.*\u001b\[/);
  });
});
