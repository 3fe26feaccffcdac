import { describe, expect, it } from 'vitest';
import { isCut, outcomeOf } from '../../../lib/core/run/invocation-outcome.js';

describe('outcomeOf', () => {
  it.each([
    ['Success', 'Success', 'ended'],
    ['Success', undefined, 'ended'],
    ['InProgress', 'In Progress', 'running'],
    ['TimedOut', 'DeliveryTimedOut', 'delivery-timed-out'],
    ['TimedOut', undefined, 'timed-out'],
    ['Cancelled', 'Rate Exceeded', 'cancelled'],
    ['Cancelled', 'a word of next year', 'cancelled'],
    ['Exploded', 'a word of next year', 'failed'],
    [undefined, undefined, 'failed'],
  ])('says of the status %s with the details %s: %s', (status, details, outcome) => {
    expect(outcomeOf(status, details)).toBe(outcome);
  });
});

describe('isCut', () => {
  it.each([
    ['{"v":1--output truncated--', true],
    ['{"v":1--output truncated--\n', true],
    ['{"v":1\n---Output truncated---\n----------ERROR-------\nsh: x', true],
    ['{"v":"--output truncated--"}', false],
    ['{"v":1}', false],
    ['', false],
  ])('says of %j: %s', (text, expected) => {
    expect(isCut(text)).toBe(expected);
  });
});
