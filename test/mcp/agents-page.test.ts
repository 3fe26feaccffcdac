import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MOST_STRUCTURED, MOST_TEXT } from '../../lib/mcp/boundary.js';
import { tools } from '../../lib/mcp/tools.js';

const page = readFileSync(new URL('../../docs/agents.md', import.meta.url), 'utf8');

describe('docs/agents.md', () => {
  it('has a row for each tool, in their order, and for no other', () => {
    const rows = [...page.matchAll(/^\| `([\w-]+)`/gm)].map(([, name]) => name);
    expect(rows).toEqual(tools.map(({ name }) => name));
  });

  it('names the bounds in force', () => {
    expect(page).toContain(
      `at most ${MOST_STRUCTURED.toLocaleString('en-US')} bytes of structured content and ${MOST_TEXT.toLocaleString('en-US')} of text`,
    );
  });

  it('shows a configuration that is JSON, and starts the command', () => {
    const [, json = ''] = /```json\n([^]*?)```/.exec(page) ?? [];
    expect(JSON.parse(json)).toMatchObject({
      mcpServers: {
        'conntrack-auditor': { args: expect.arrayContaining(['mcp', '--from']) as unknown },
      },
    });
  });
});
