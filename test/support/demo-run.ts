import { savedDemo } from '../../lib/cli/saved-demo.js';
import { catalogue } from '../../lib/core/run/catalogue.js';
import { answersSchema, readRunFile } from '../../lib/core/run/run-files.js';
import { judgeSavedRun, type JudgedRun } from '../../lib/core/run/judged-run.js';

export { demoFiles } from '../../lib/cli/saved-demo.js';

/** The run of the demo's 137 nodes, judged by the rules of today. */
export async function theDemo(): Promise<JudgedRun> {
  return judgeSavedRun(await savedDemo(), catalogue);
}

/** What the probe printed on each node of the demo's run that answered. */
export async function demoAnswers(): Promise<string[]> {
  const store = await savedDemo();
  const files = await Promise.all(
    (await store.keys('answers/')).map((key) => readRunFile(store, key, answersSchema)),
  );
  return files.flat().flatMap((one) => (one.status === 'answered' ? [one.text] : []));
}
