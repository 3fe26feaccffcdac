import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dashboardLink,
  instanceLink,
  objectLink,
  sessionLink,
} from '../../../lib/core/render/console-links.js';
import { anyText } from '../../support/hostile-digests.js';

const id = 'i-0123456789abcdef0';

describe('an address in the console', () => {
  it.each([
    ['eu-west-1', 'eu-west-1.console.aws.amazon.com'],
    ['ap-southeast-5', 'ap-southeast-5.console.aws.amazon.com'],
    ['cn-north-1', 'cn-north-1.console.amazonaws.cn'],
    ['us-gov-west-1', 'us-gov-west-1.console.amazonaws-us-gov.com'],
  ])('of %s is on the host of its partition', (region, host) => {
    expect(instanceLink(region, id)).toBe(
      `https://${host}/ec2/home?region=${region}#InstanceDetails:instanceId=${id}`,
    );
    expect(sessionLink(region, id)).toBe(
      `https://${host}/systems-manager/session-manager/${id}?region=${region}`,
    );
    expect(dashboardLink(region, 'Conntrack_1-x')).toBe(
      `https://${host}/cloudwatch/home?region=${region}#dashboards/dashboard/Conntrack_1-x`,
    );
    expect(objectLink(region, 's3://shelf-1.x/runs/a=b/run-7/', 'report.json')).toBe(
      `https://${host}/s3/object/shelf-1.x?prefix=runs/a=b/run-7/report.json`,
    );
  });

  it.each(['us-iso-east-1', 'us-isob-east-1', 'eusc-de-east-1', 'eu-isoe-west-1', 'mars', ''])(
    'is not known of %j',
    (region) => {
      expect(instanceLink(region, id)).toBeUndefined();
    },
  );

  it('is nothing of what is no instance, no dashboard or no folder of a bucket', () => {
    for (const wrong of [
      'i-',
      'i-0123456',
      'i-012345678',
      `${id}?x`,
      'mi-01234567',
      'i-0123456G',
    ]) {
      expect(instanceLink('eu-west-1', wrong)).toBeUndefined();
      expect(sessionLink('eu-west-1', wrong)).toBeUndefined();
    }
    expect(instanceLink('eu-west-1', 'i-01234567')).toBeDefined();
    expect(dashboardLink('eu-west-1', 'a b')).toBeUndefined();
    for (const wrong of [
      '/tmp/runs/',
      's3://shelf',
      's3://shelf/runs',
      's3://shelf/a b/',
      's3://x/y/',
    ]) {
      expect(objectLink('eu-west-1', wrong, 'report.json')).toBeUndefined();
    }
  });

  it('holds nothing that would end it or mark it, whatever it is made of', () => {
    fc.assert(
      fc.property(anyText, anyText, (region, text) => {
        const links = [instanceLink, sessionLink, dashboardLink].map((of) => of(region, text));
        for (const link of [...links, objectLink(region, text, 'report.json')]) {
          expect(link ?? '').toMatch(/^[\w:/.?=#-]*$/);
        }
      }),
    );
  });
});
