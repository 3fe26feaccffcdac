import { describe, expect, it } from 'vitest';
import { queryTree } from '../../../lib/simulator/protocol/query-tree.js';

function read(query: string) {
  return queryTree(new URLSearchParams(query));
}

describe('query parameters', () => {
  it('become lists and structures', () => {
    expect(read('Filter.1.Name=a&Filter.1.Value.1=x&Filter.1.Value.2=y&Filter.2.Name=b')).toEqual({
      Filter: [{ Name: 'a', Value: ['x', 'y'] }, { Name: 'b' }],
    });
  });

  it('are ordered by their number, whose gaps close', () => {
    expect(read('Id.10=c&Id.2=b&Id.1=a')).toEqual({ Id: ['a', 'b', 'c'] });
  });

  it('may be called like a part of every object', () => {
    const tree = read('__proto__.x=1&constructor.y=2');
    expect(Object.keys(tree)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('are passed over when their names are deeper than any operation needs', () => {
    expect(read('a.b.c.d.e.f=1')).toEqual({ a: { b: { c: { d: { e: { f: '1' } } } } } });
    expect(read('a.b.c.d.e.f.g=1')).toEqual({});
  });
});
