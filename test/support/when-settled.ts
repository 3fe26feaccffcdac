import { paginateListCommandInvocations, type SSMClient } from '@aws-sdk/client-ssm';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Waits until nothing will change any more on the asked nodes, however long this machine takes: all have
 * ended, except those that never do. For an audit of the simulated account, in place of seconds.
 */
export async function whenSettled(ssm: SSMClient, neverEnd: readonly string[] = []): Promise<void> {
  while (await isAnyBusy(ssm, neverEnd)) await wait(50);
}

async function isAnyBusy(ssm: SSMClient, neverEnd: readonly string[]): Promise<boolean> {
  for await (const { CommandInvocations: some = [] } of paginateListCommandInvocations(
    { client: ssm, pageSize: 50 },
    {},
  )) {
    const busy = some.filter(({ Status }) => Status === 'Pending' || Status === 'InProgress');
    if (busy.some(({ InstanceId = '' }) => !neverEnd.includes(InstanceId))) return true;
  }
  return false;
}
