/**
 * The limit model for a browser: what `conntrack-auditor limit` computes, of the same source.
 * `npm run site` makes one module of it.
 */
import { nodeOses } from '../../lib/core/limit/expected-limit.js';
import { bundledShapes, bundledShapesInfo } from '../../lib/core/limit/instance-shapes.js';
import { ASSUMED_KUBE_PROXY } from '../../lib/core/limit/limit-question.js';
import { limitAnswer } from '../../lib/core/render/limit-answer.js';

export { ASSUMED_KUBE_PROXY, bundledShapesInfo, limitAnswer, nodeOses };

/** Every type that is known without an account, sorted by name. */
export const instanceTypes: readonly string[] = bundledShapes.map(
  ({ instanceType }) => instanceType,
);
