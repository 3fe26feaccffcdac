import { regions } from '../core/configuration/organization.js';
import { parsed } from '../core/text/parsed.js';
import { configured } from './configuration-error.js';

/** The Regions, each with its shape checked. */
export function checkRegions(given: readonly string[]): string[] {
  return configured(() => parsed(regions, given, { key: 'regions' }));
}
