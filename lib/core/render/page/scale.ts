import type { Policy } from '../../judge/policy.js';
import { html, type Html } from './html.js';

/** The end of every scale of usage: a table may hold a little more than its limit. */
const END = 1.1;
/** Where what lies beyond the end is drawn. */
const BEYOND = 1.06;

/** Where a usage stands on the scale, as a length of SVG. */
export function along(usage: number): string {
  return `${round((Math.min(Math.max(usage, 0), BEYOND) / END) * 100)}%`;
}

/** At most two decimals: a page is long. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The shaded parts of a scale: warned of, and critical. */
export function zones({ warningUsage, criticalUsage }: Policy): Html {
  const width = (from: number, to: number) => `${round(((to - from) / END) * 100)}%`;
  return html`<rect
      class="zw"
      x="${along(warningUsage)}"
      width="${width(warningUsage, criticalUsage)}"
      height="100%"
    /><rect
      class="zc"
      x="${along(criticalUsage)}"
      width="${width(criticalUsage, END)}"
      height="100%"
    />`;
}

/** A usage, its severity by the policy, as the class of what is drawn. */
export function levelOf(usage: number, { warningUsage, criticalUsage }: Policy): string {
  if (usage >= criticalUsage) return 'critical';
  return usage >= warningUsage ? 'warning' : 'fine';
}
