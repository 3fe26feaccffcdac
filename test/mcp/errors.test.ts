import type { Client } from '@modelcontextprotocol/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { aDemoRun, call, linkedClient } from '../support/mcp-client.js';

let client: Client;

beforeAll(async () => {
  client = await linkedClient([await aDemoRun()]);
});

describe('an error of a tool', () => {
  it.each([
    ['report', { run: 'other' }, "there is no run 'other'; this server has 2026"],
    [
      'report',
      { run: '../../etc' },
      "'run' should be the id of a run that `runs` lists, got '../../etc'",
    ],
    ['findings', { rule: ['table-presure'] }, "got 'table-presure'"],
    ['findings', { rules: [] }, "has no 'rules', did you mean 'rule'?"],
    [
      'findings',
      { cluster: ['paymets'] },
      "this run has no cluster 'paymets'; did you mean payments?",
    ],
    ['finding', {}, "'id' should be a text, got nothing"],
    ['finding', { id: '' }, "'id' should not be empty, got ''"],
    ['finding', { id: 'x'.repeat(1_001) }, "'id' should have at most 1000 characters, got 'xx"],
    ['what-if', {}, "'if' should be a list of changes, got nothing"],
    ['action', { id: 'raise-limit/storefrnt' }, 'did you mean raise-limit/storefront?'],
    ['what-if', { if: ['type=m9.none'] }, "the run has no instance type 'm9.none'"],
    [
      'what-if',
      { if: ['raise-limit=0'] },
      'raise-limit should have a whole number from 1 to 2147483647',
    ],
    [
      'limit',
      { type: 't3.xlarge', vcpus: 2 },
      "give 'type', or both 'vcpus' and 'memoryGib', not a mixture",
    ],
    ['limit', { type: 't3.xlargee' }, "unknown instance type 't3.xlargee'; did you mean t3.xlarge"],
    [
      'limit',
      { type: 't3.xlarge', kubeProxy: '2.0' },
      "'kubeProxy' should be a version of Kubernetes 1",
    ],
    [
      'limit',
      { type: 't3.xlarge', upgradeTo: '1.30' },
      "'upgradeTo' should be a minor after kube-proxy 1.35, got '1.30'",
    ],
    ['fix', {}, "give one of 'finding', 'remedy' and 'plan', got none"],
    ['fix', { remedy: 'raise-limit', plan: true }, 'got remedy, plan'],
    ['fix', { remedy: 'lower-ndots' }, "'cluster' is missing; the run has media, payments"],
    [
      'fix',
      { plan: true, cluster: 'media' },
      "'cluster' goes with 'remedy' alone, got 'media' with 'plan'",
    ],
    ['explain', { id: 'raise-limits' }, 'did you mean raise-limit'],
  ])('says what is wrong and what is allowed: %s %j', async (name, asked, says) => {
    const { isError, text, structured } = await call(client, name, asked);
    expect(text).toContain(says);
    expect({ isError, structured }).toEqual({ isError: true, structured: {} });
  });
});
