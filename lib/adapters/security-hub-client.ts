import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { Announcer } from '../core/run/ports.js';
import { type AwsClientOptions, clientConfig } from './aws-clients.js';
import {
  SecurityHubAnnouncer,
  type SecurityHubAnnouncerOptions,
} from './security-hub-announcer.js';
import { withinLimit } from './time-limits.js';

/**
 * Security Hub with a client of its own. It is switched off for most, and large, so whoever wants it imports this
 * module when it is on.
 */
export function securityHub(
  options: AwsClientOptions,
  whose: SecurityHubAnnouncerOptions,
): Announcer {
  return new SecurityHubAnnouncer(securityHubClient(options), whose);
}

export function securityHubClient(options: AwsClientOptions): SecurityHubClient {
  const { limits, config } = clientConfig(options);
  return withinLimit(new SecurityHubClient(config), limits);
}
