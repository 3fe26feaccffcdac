// Audits with the built function, as Lambda would: `node audit-process.mjs HANDLER AUDITS WAITS`. WAITS is `real`, or
// `none`: nodes of the bench have answered before they are asked how far they are. Sends what each audit cost to the
// process that started it. No other module is loaded, so that memory is the function's own.
import { channel } from 'node:diagnostics_channel';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

const [handler, audits, waits] = process.argv.slice(2);
const MB = 1e6;

if (waits === 'none') {
  timers.setTimeout = () => Promise.resolve();
  syncBuiltinESMExports();
}

const stages = ['discover', 'send', 'look', 'read', 'judge', 'record', 'tell'];
const bySsm = { SendCommand: 'send', ListCommands: 'look', ListCommandInvocations: 'read' };

/** The stage that begins with this request, if any. */
function stageOf(request) {
  const action = String(request.getHeader('x-amz-target') ?? '').split('.')[1];
  if (action in bySsm) return bySsm[action];
  const [, service] = /\/([a-z0-9-]+)\/aws4_request/.exec(request.getHeader('authorization')) ?? [];
  if (service === 'sns' || service === 'events') return 'tell';
  if (service !== 's3') return undefined;
  if (request.method === 'PUT' && request.path.includes('/history/')) return 'record';
  const isAboutWhole = /\/(run\.json|ledger\/)/.test(request.path);
  return request.method === 'GET' && isAboutWhole && at >= stages.indexOf('read')
    ? 'judge'
    : undefined;
}

let at = 0;
let spent = {};
let since = process.cpuUsage();
let peakHeapMb = 0;

function bookTo(stage) {
  const { user, system } = process.cpuUsage(since);
  spent[stages[at]] = (spent[stages[at]] ?? 0) + (user + system) / 1e6;
  since = process.cpuUsage();
  at = stages.indexOf(stage);
}

function sample() {
  const { heapUsed, external } = process.memoryUsage();
  peakHeapMb = Math.max(peakHeapMb, (heapUsed + external) / MB);
}

channel('http.client.request.start').subscribe(({ request }) => {
  const stage = stageOf(request);
  if (stage !== undefined && stages.indexOf(stage) > at) bookTo(stage);
});
setInterval(sample, 10).unref();

const { inline } = await import(handler);
for (let audit = 0; audit < Number(audits); audit += 1) {
  const began = performance.now();
  const scheduledTime = new Date(Date.UTC(2026, 10, 27, 8 + audit)).toISOString();
  const { nodes } = await inline({ scheduledTime });
  bookTo('discover');
  const wallSeconds = (performance.now() - began) / 1e3;
  const peakRssMb = (process.resourceUsage().maxRSS * 1024) / MB;
  const cpuSeconds = Object.fromEntries(stages.map((stage) => [stage, spent[stage] ?? 0]));
  process.send({ wallSeconds, cpuSeconds, peakRssMb, peakHeapMb, nodes });
  spent = {};
  // What the account saw is counted audit by audit.
  await new Promise((resolve) => process.once('message', resolve));
}
process.disconnect();
