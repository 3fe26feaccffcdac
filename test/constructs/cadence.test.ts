import { Duration, TimeZone } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { describe, expect, it } from 'vitest';
import { cadenceFrom } from '../../lib/constructs/cadence.js';

const expression = (text: string) => ScheduleExpression.expression(text);

describe('an interval', () => {
  it.each([
    [Duration.minutes(5), 'rate(5 minutes)', 1],
    [Duration.minutes(60), 'rate(1 hour)', 15],
    [Duration.minutes(59), 'rate(59 minutes)', 14],
    [Duration.days(6), 'rate(6 days)', 15],
  ])('of %s becomes an expression with room to start late', (interval, text, windowMinutes) => {
    const cadence = cadenceFrom(interval);
    expect(cadence.expression.expressionString).toBe(text);
    expect(cadence.longestGap.toMinutes()).toBe(interval.toMinutes());
    expect(cadence.flexibleWindow.toMinutes()).toBe(windowMinutes);
  });

  it('is six hours when none is given', () => {
    expect(cadenceFrom().longestGap.toHours()).toBe(6);
  });

  it.each([
    ['rate(5 minutes)', 5],
    ['rate(1 hour)', 60],
    ['rate(6 days)', 6 * 24 * 60],
  ])('may be written as %s', (text, minutes) => {
    expect(cadenceFrom(expression(text)).longestGap.toMinutes()).toBe(minutes);
  });

  it.each([
    [Duration.minutes(4), 'from 5 minutes to 6 days, got 4 minutes'],
    [Duration.seconds(299), 'got 4 minutes 59 seconds'],
    [Duration.seconds(301), 'whole minutes'],
    [Duration.hours(145), 'got 6 days 1 hour'],
    [expression('rate(1 minute)'), 'got 1 minute'],
    [expression('rate(1 week)'), "got 'rate(1 week)'"],
    [expression('rate(six hours)'), "got 'rate(six hours)'"],
    [expression('at(2030-01-01T00:00:00)'), "got 'at(2030-01-01T00:00:00)'"],
  ])('fails when it is %s', (schedule, message) => {
    expect(() => cadenceFrom(schedule)).toThrow(message);
  });

  it('fails when a longest gap comes with it', () => {
    expect(() => cadenceFrom(Duration.hours(1), Duration.hours(2))).toThrow(
      "'longestGap' is for cron expressions, the schedule here is every 1 hour",
    );
  });
});

describe('a cron expression', () => {
  it('keeps its text and time zone, and is a day apart when it runs every day', () => {
    const daily = ScheduleExpression.cron({
      minute: '0',
      hour: '6,18',
      timeZone: TimeZone.EUROPE_BERLIN,
    });
    const cadence = cadenceFrom(daily);
    expect(cadence.expression).toBe(daily);
    expect(cadence.longestGap.toHours()).toBe(24);
    expect(cadence.flexibleWindow.toMinutes()).toBe(15);
  });

  it.each([
    ['*/5 * * * ? *', 1],
    ['0/20 * ? * * *', 5],
    ['3-47/11 * * * ? *', 2],
    ['0,55 * * * ? *', 1],
    ['58,3 * * * ? *', 1],
    ['30 * * * ? *', 15],
  ])('cron(%s) leaves room to start late', (fields, windowMinutes) => {
    expect(cadenceFrom(expression(`cron(${fields})`)).flexibleWindow.toMinutes()).toBe(
      windowMinutes,
    );
  });

  it.each(['0 6 ? * MON-FRI *', '0 6 1 * ? *', '0 6 * 1-6 ? *', '0 6 * * ? 2030'])(
    'cron(%s) needs the longest gap, because it does not run every day',
    (fields) => {
      const schedule = expression(`cron(${fields})`);
      expect(() => cadenceFrom(schedule)).toThrow("'longestGap' is needed");
      expect(cadenceFrom(schedule, Duration.days(3)).longestGap.toDays()).toBe(3);
    },
  );

  it.each([
    ['cron(*/4 * * * ? *)', 'leave 5 minutes'],
    ['cron(* * * * ? *)', 'leave 5 minutes'],
    ['cron(0,4 * * * ? *)', 'leave 5 minutes'],
    ['cron(58,2 * * * ? *)', 'leave 5 minutes'],
    ['cron(0/7 * * * ? *)', 'leave 5 minutes'],
    ['cron(60 * * * ? *)', "got '60'"],
    ['cron(5-3 * * * ? *)', "got '5-3'"],
    ['cron(*/0 * * * ? *)', "got '*/0'"],
    ['cron(x * * * ? *)', "got 'x'"],
    ['cron(0 6 * * ?)', 'six fields'],
    ['cron()', "got 'cron()'"],
  ])('fails when it is %s', (text, message) => {
    expect(() => cadenceFrom(expression(text))).toThrow(message);
  });

  it.each([
    [Duration.minutes(4), 'got 4 minutes'],
    [Duration.hours(145), 'got 6 days 1 hour'],
  ])('fails when its longest gap is %s', (gap, message) => {
    expect(() => cadenceFrom(expression('cron(0 6 * * ? *)'), gap)).toThrow(message);
  });
});
