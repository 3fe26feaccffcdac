import { FolderLedger } from '../../lib/adapters/folder-ledger.js';

/** A separate process that counts the ledger of a folder up by a number, while others do the same. */
const [folder = '', name = '', wanted = ''] = process.argv.slice(2);
const ledger = new FolderLedger(folder);

for (let left = Number(wanted); left > 0;) {
  const kept = await ledger.read();
  const count = Number(kept?.text.split(' ')[0] ?? 0);
  if ((await ledger.write(`${count + 1} ${name}`, kept?.version)) === 'written') left -= 1;
}
