import { FolderRunStore } from '../../lib/adapters/folder-run-store.js';
import { savedDemo } from '../../lib/cli/saved-demo.js';

/** Puts the run of the demo into a new folder, as `demo` leaves it. */
export async function demoFolder(folder: string): Promise<void> {
  const from = await savedDemo();
  const to = await FolderRunStore.create(folder);
  for (const key of await from.keys('')) await to.put(key, await from.get(key));
}
