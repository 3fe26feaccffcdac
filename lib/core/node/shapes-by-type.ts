import { rememberedOf } from '../text/remembered.js';
import type { InstanceShape } from './fleet.js';

/** The shapes of a fleet by their type. Made once, as each cluster of the fleet asks for them. */
export const shapesByType = rememberedOf(
  (shapes: readonly InstanceShape[]): ReadonlyMap<string, InstanceShape> =>
    new Map(shapes.map((one) => [one.instanceType, one])),
);
