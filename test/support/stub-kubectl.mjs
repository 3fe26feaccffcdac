// A kubectl of one ConfigMap: it keeps what it is asked in `asked`, the ConfigMap in `config`, and what the
// ConfigMap held at each restart in `restarts`. FAILS names the words of a call that fails; MEANWHILE, text
// that somebody else writes into the ConfigMap right after a patch.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';

const { HERE, CLUSTER, FAILS = 'no call at all', MEANWHILE } = process.env;
const asked = process.argv.slice(2).join(' ');
const file = `${HERE}/config`;
const config = () => readFileSync(file, 'utf8');
appendFileSync(`${HERE}/asked`, `${asked}\n`);

if (asked.includes(FAILS) && !asked.includes('undo.json')) {
  process.exit(1);
} else if (asked.includes('config current-context')) {
  console.log('admin@shop');
} else if (asked.includes('config view')) {
  process.stdout.write(CLUSTER);
} else if (asked.includes('get configmap')) {
  console.log(JSON.stringify({ kind: 'ConfigMap', data: { config: config() } }));
} else if (asked.includes('patch configmap')) {
  const [, patchFile] = /--patch-file (.+)$/.exec(asked);
  for (const { op, path, value } of JSON.parse(readFileSync(patchFile, 'utf8'))) {
    if (path !== '/data/config') throw new Error(`no such path '${path}'`);
    if (op === 'test' && value !== config()) process.exit(1);
    if (op === 'replace') writeFileSync(file, value);
  }
  if (MEANWHILE !== undefined) writeFileSync(file, MEANWHILE);
} else if (asked.includes('rollout restart')) {
  appendFileSync(`${HERE}/restarts`, `${JSON.stringify(config())}\n`);
} else if (!asked.includes('rollout status')) {
  console.error(`this kubectl does not know: ${asked}`);
  process.exit(1);
}
