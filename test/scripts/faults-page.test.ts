import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { format } from 'prettier';
import { faultsPage } from '../../scripts/faults-page.js';

describe('the page of faults', () => {
  it('says what the cases of today say', async () => {
    const page = readFileSync(new URL('../../docs/faults.md', import.meta.url), 'utf8');
    const today = await format(faultsPage(), { parser: 'markdown' });
    const words = (text: string) => text.replace(/[\s-]+/g, ' ');
    expect(words(page)).toBe(words(today));
  });
});
