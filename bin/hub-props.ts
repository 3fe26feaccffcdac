import { organizationalUnits, organizationId } from '../lib/core/configuration/organization.js';
import type { Configuration } from '../lib/core/configuration/configuration.js';
import { ConfigurationError, configured } from '../lib/constructs/configuration-error.js';
import { stackName } from '../lib/core/configuration/existing.js';
import { parsed } from '../lib/core/text/parsed.js';
import { present } from '../lib/core/text/present.js';
import type { ConntrackAuditorHubStackProps } from '../lib/hub-stack.js';
import type { Members } from '../lib/constructs/spoke-stack-set.js';
import { auditorFrom, duration, durationOf, emailsFrom } from './context-props.js';
import { checked, flag, list, number, type ReadContext, text } from './read-context.js';

const EXAMPLE = 'npx cdk deploy --all -c hub=true -c organizationId=o-a1b2c3d4e5';

/** Whether `-c hub=true` asks for the hub of an organization, and not for an auditor of one account and Region. */
export function isHub(read: ReadContext): boolean {
  return flag(read, 'hub') ?? false;
}

/** Turns `-c key=value` into the props of a hub, over the configuration file. */
export function hubPropsFromContext(
  read: ReadContext,
  file: Configuration = {},
): ConntrackAuditorHubStackProps {
  const organization = checked(read, 'organizationId', organizationId);
  if (organization === undefined) {
    throw new ConfigurationError(`say which organization the hub is for: ${EXAMPLE}`);
  }
  return present({
    organizationId: organization,
    email: emailsFrom(read, file),
    ownKey: flag(read, 'ownKey'),
    historyRetention: duration(read, 'historyRetention') ?? durationOf(file.historyRetention),
    codeBucketPrefix: text(read, 'codeBucketPrefix'),
    stackName: checked(read, 'stackName', stackName),
    members: membersFrom(read, file),
  });
}

function membersFrom(read: ReadContext, file: Configuration): Members | undefined {
  const units = list(read, 'units');
  const regions = list(read, 'regions');
  if (units === undefined && regions === undefined) return undefined;
  if (units === undefined || regions === undefined) {
    throw new ConfigurationError(
      "'units' and 'regions' should be given together: which accounts get an auditor, and where",
    );
  }
  return present({
    organizationalUnits: configured(() => parsed(organizationalUnits, units, { key: 'units' })),
    regions,
    autoDeployment: flag(read, 'autoDeployment'),
    failureTolerance: number(read, 'failureTolerance'),
    concurrency: number(read, 'concurrency'),
    delegatedAdmin: flag(read, 'delegatedAdmin'),
    auditor: auditorFrom(read, file),
  });
}
