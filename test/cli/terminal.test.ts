import { describe, expect, it } from 'vitest';
import { paintFor } from '../../lib/cli/terminal.js';
import { aTerminal } from '../support/a-terminal.js';

describe('paintFor', () => {
  it('adds nothing where stdout is no terminal', () => {
    const { critical, strong } = paintFor(aTerminal().terminal);
    expect(critical('x') + strong('x')).toBe('xx');
  });

  it('colours on a terminal', () => {
    const { critical } = paintFor(aTerminal({ colour: true }).terminal);
    expect(critical('x')).toMatch(/^\u001b\[.*x.*\u001b\[/);
  });
});
