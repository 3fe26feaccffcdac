import { Failure } from '../../adapters/service-error.js';
import { fleetReads, SEND, spared } from '../../core/configuration/permissions.js';
import { allow, fault, ok, unknown, type Checked } from './checked.js';
import type { Caller, Patient } from './patient.js';
import { simulated, type Allowed } from './simulated-permissions.js';
import { tried } from './tried-permissions.js';

/** Every call of an audit, one by one: by what IAM says of the caller, else by trying those that only read. */
export async function checkPermissions(
  patient: Patient,
  caller: Caller,
  cluster: string | undefined,
): Promise<readonly Checked[]> {
  const said = await simulated(patient, caller, cluster);
  if (!(said instanceof Failure)) {
    return said.map((one) => judgePermission(one, caller, 'IAM says so'));
  }
  const answers: Checked[] = [];
  for (const action of fleetReads.flatMap(({ actions }) => actions)) {
    const allowed = await tried(action, patient, cluster);
    answers.push(judgePermission({ action, allowed }, caller, 'tried'));
  }
  return [...answers, unsent(caller, said)];
}

/** What one answer means. */
function judgePermission({ action, allowed }: Allowed, caller: Caller, how: string): Checked {
  if (allowed === true) return ok(action, `allowed: ${how}`);
  if (allowed !== false) return unknown(action, allowed, 'ask again');
  const without = spared[action];
  if (without !== undefined) return ok(action, `refused, and spared: ${without}`);
  return fault(action, `refused to ${caller.arn}`, allow(action, caller));
}

/** To try this one would run the probe, and `doctor` sends nothing. */
function unsent(caller: Caller, { operation }: Failure): Checked {
  if (caller.arn.endsWith(':root')) return ok(SEND, 'allowed: the root user may');
  return unknown(
    SEND,
    'not tried, as it would run the probe',
    `${allow(operation, caller)}, and ask again; or run an audit`,
  );
}
