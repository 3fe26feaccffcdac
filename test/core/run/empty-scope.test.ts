import { describe, expect, it } from 'vitest';
import { checkClusters, checkNodes } from '../../../lib/core/run/empty-scope.js';

describe('a scope', () => {
  it('is not empty with one cluster and one node', () => {
    const found = { clusters: ['a'] };
    checkClusters('eu-west-1', found);
    checkNodes('eu-west-1', found, 1);
  });

  it('is empty in a Region without clusters, and the Region is named', () => {
    expect(() => {
      checkClusters('eu-west-1', { clusters: [] });
    }).toThrow(
      'there is no EKS cluster in eu-west-1; look in another Region or account, or add --allow-empty',
    );
  });

  it('is empty where no cluster is wanted, and those that exist are named', () => {
    expect(() => {
      checkClusters('eu-west-1', { clusters: [], others: ['dev', 'test'] });
    }).toThrow(
      'no EKS cluster of eu-west-1 is to be audited; it has: dev, test; add --allow-empty if none is meant',
    );
  });

  it('lacks what is wanted by name, though there are others', () => {
    expect(() => {
      checkClusters('r', { clusters: ['prod'], others: ['dev'], missing: ['prd'] });
    }).toThrow("no EKS cluster is named 'prd'; this account and Region has: dev, prod");
  });

  it('is empty where no instance is a node', () => {
    expect(() => {
      checkNodes('r', { clusters: ['a', 'b'] }, 0);
    }).toThrow('no running node carries a tag of 2 clusters of r (a, b); name your own tag');
  });

  it.each([
    { count: 10, list: 'c-8, c-9;' },
    { count: 11, list: 'c-8 and 1 more;' },
  ])('names at most ten of $count clusters', ({ count, list }) => {
    const others = Array.from({ length: count }, (_, at) => `c-${at}`);
    expect(() => {
      checkClusters('r', { clusters: [], others });
    }).toThrow(list);
  });
});
