import { plural } from './format.js';

/** An age in seconds as people say it: `20 minutes ago`. Rounded down, and never `0 minutes`. */
export function ago(seconds: number): string {
  if (seconds < 60) return 'less than a minute ago';
  if (seconds < 7_200) return `${plural(Math.floor(seconds / 60), 'minute')} ago`;
  if (seconds < 172_800) return `${plural(Math.floor(seconds / 3_600), 'hour')} ago`;
  return `${plural(Math.floor(seconds / 86_400), 'day')} ago`;
}
