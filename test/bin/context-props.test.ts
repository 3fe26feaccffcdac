import { Duration } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { describe, expect, it } from 'vitest';
import { propsFromContext } from '../../bin/context-props.js';

function props(context: Record<string, unknown>) {
  return propsFromContext((key) => context[key]);
}

const email = 'a@example.com';

describe('the context', () => {
  it('leaves everything but the address to the defaults', () => {
    expect(props({ email })).toEqual({
      email: [email],
      clusters: {},
      thresholds: {},
    });
  });

  it('holds several addresses and globs, separated by commas', () => {
    expect(
      props({ email: 'a@example.com, b@example.com', include: 'prod-*,payments', exclude: 'x' }),
    ).toMatchObject({
      email: ['a@example.com', 'b@example.com'],
      clusters: { include: ['prod-*', 'payments'], exclude: ['x'] },
    });
  });

  it('holds thresholds, as text or as numbers of cdk.json', () => {
    expect(
      props({ email, warningUsage: '0.7', criticalUsage: 0.9, targetUsage: '.4' }).thresholds,
    ).toEqual({ warningUsage: 0.7, criticalUsage: 0.9, targetUsage: 0.4 });
  });

  it.each([
    ['false', false],
    [false, false],
    ['true', true],
  ])('turns a flag %j into %j, and leaves the others alone', (given, wanted) => {
    for (const flag of ['durable', 'events', 'securityHub', 'metrics']) {
      const expected = { email: [email], clusters: {}, thresholds: {}, [flag]: wanted };
      expect(props({ email, [flag]: given })).toEqual(expected);
    }
  });

  it('holds the times of reminders and of history', () => {
    const found = props({ email, remindAfter: '8h', historyRetention: '30d' });
    expect(found.remindAfter).toEqual(Duration.hours(8));
    expect(found.historyRetention).toEqual(Duration.days(30));
  });

  it('holds silences, as JSON or as a list of cdk.json', () => {
    const silences = [{ rule: 'hot-node', until: '2026-12-01', reason: 'known' }];
    expect(props({ email, silences }).silences).toEqual(silences);
    expect(props({ email, silences: JSON.stringify(silences) }).silences).toEqual(silences);
  });

  it.each([
    ['30m', Duration.minutes(30)],
    ['6h', Duration.hours(6)],
    ['2d', Duration.days(2)],
  ])('holds the schedule %s as a time', (schedule, wanted) => {
    expect(props({ email, schedule }).schedule).toEqual(wanted);
  });

  it.each(['rate(6 hours)', 'cron(0 6 ? * MON-FRI *)'])('holds the schedule %s', (schedule) => {
    const { schedule: found, longestGap } = props({ email, schedule, longestGap: '3d' });
    expect(found).toBeInstanceOf(ScheduleExpression);
    expect((found as ScheduleExpression).expressionString).toBe(schedule);
    expect(longestGap).toEqual(Duration.days(3));
  });

  it('fails when nobody receives the findings, with the command that says who', () => {
    expect(() => props({})).toThrow('npx cdk deploy -c email=team@example.com');
  });

  it.each([
    [{ email: '' }, "'email' should not be empty"],
    [{ email: 'a@example.com,' }, "'email' should not hold an empty item, got 'a@example.com,'"],
    [{ email, include: 'a,,b' }, "'include' should not hold an empty item"],
    [{ email, include: ['a'] }, `'include' should be text, got ["a"]`],
    [{ email, schedule: '6' }, "'schedule' should be a time such as 30m, 6h or 2d, or a rate(...)"],
    [{ email, schedule: '6 hours' }, "got '6 hours'"],
    [{ email, longestGap: 'cron(0 6 * * ? *)' }, "'longestGap' should be a time"],
    [{ email, warningUsage: '70%' }, "'warningUsage' should be a number such as 0.7, got '70%'"],
    [{ email, criticalUsage: 'x' }, "'criticalUsage' should be a number"],
    [{ email, durable: 'no' }, "'durable' should be true or false, got 'no'"],
    [{ email, securityHub: 'on' }, "'securityHub' should be true or false, got 'on'"],
    [{ email, remindAfter: '24' }, "'remindAfter' should be a time such as 30m, 6h or 2d"],
    [{ email, silences: 'hot-node' }, "'silences' should be a JSON list such as [{"],
    [{ email, silences: '' }, "got ''"],
  ])('fails when it is %j', (context, message) => {
    expect(() => props(context)).toThrow(message);
  });
});
