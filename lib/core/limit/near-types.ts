import { bundledShapes } from './instance-shapes.js';
import { near } from '../text/near.js';

const types = bundledShapes.map(({ instanceType }) => instanceType);

/** Up to three instance types whose names are closest to a mistyped one, closest first. */
export function nearTypes(mistyped: string): string[] {
  return near(mistyped, types);
}
