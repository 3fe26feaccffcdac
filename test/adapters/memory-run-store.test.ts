import { describe, expect, it } from 'vitest';
import { MemoryRunStore } from '../../lib/adapters/memory-run-store.js';
import { runStoreContract } from './run-store.contract.js';

runStoreContract('MemoryRunStore', () => Promise.resolve(new MemoryRunStore()));

describe('MemoryRunStore', () => {
  it('keeps a copy, which later changes of the value do not reach', async () => {
    const store = new MemoryRunStore();
    const value = { nodes: ['i-1'] };
    await store.put('a.json', value);
    value.nodes.push('i-2');
    expect(await store.get('a.json')).toEqual({ nodes: ['i-1'] });
  });
});
