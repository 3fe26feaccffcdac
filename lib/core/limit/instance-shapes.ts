import type { InstanceShape } from '../node/fleet.js';
import bundled from './instance-shapes.json' with { type: 'json' };

/** Where the bundled shapes come from, and how old they are. */
export interface BundledShapesInfo {
  /** ISO 8601 date. */
  readonly generatedOn: string;
  readonly source: string;
  readonly count: number;
}

/** For a laptop without an account; an audit asks EC2 itself. Sorted by name. */
export const bundledShapes = bundled.shapes as readonly InstanceShape[];

export const bundledShapesInfo: BundledShapesInfo = {
  generatedOn: bundled.generatedOn,
  source: bundled.source,
  count: bundled.count,
};

const byType = new Map(bundledShapes.map((shape) => [shape.instanceType, shape]));

/** The bundled shape of a type. Undefined: unknown here, perhaps because it is newer. */
export function findShape(instanceType: string): InstanceShape | undefined {
  return byType.get(instanceType);
}

/** Every bundled size in the families of these types. */
export function shapesOfFamilies(instanceTypes: readonly string[]): InstanceShape[] {
  const families = new Set(instanceTypes.map(familyOf));
  return bundledShapes.filter(({ instanceType }) => families.has(familyOf(instanceType)));
}

function familyOf(instanceType: string): string {
  return instanceType.split('.', 1)[0] ?? '';
}
