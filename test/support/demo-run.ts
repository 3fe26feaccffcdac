import { savedDemo } from '../../lib/cli/saved-demo.js';
import { catalogue } from '../../lib/core/run/catalogue.js';
import { judgeSavedRun, type JudgedRun } from '../../lib/core/run/judged-run.js';

export { demoFiles } from '../../lib/cli/saved-demo.js';

/** The run of the demo's 137 nodes, judged by the rules of today. */
export async function theDemo(): Promise<JudgedRun> {
  return judgeSavedRun(await savedDemo(), catalogue);
}
