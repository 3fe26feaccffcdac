import { distance } from 'fastest-levenshtein';
import { bundledShapes } from '../core/limit/instance-shapes.js';

/** As many wrong characters as a typing error has. */
const FARTHEST = 3;

/** Up to three instance types whose names are closest to a mistyped one, closest first. */
export function nearTypes(mistyped: string): string[] {
  const wanted = mistyped.toLowerCase();
  return bundledShapes
    .map(({ instanceType }) => ({ instanceType, wrong: distance(wanted, instanceType) }))
    .filter(({ wrong }) => wrong <= FARTHEST)
    .sort((one, other) => one.wrong - other.wrong)
    .slice(0, 3)
    .map(({ instanceType }) => instanceType);
}
