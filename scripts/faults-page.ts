import { askingRows } from '../test/faults/rows/asking.js';
import { channelRows } from '../test/faults/rows/channels.js';
import { kinds, kindTexts } from '../test/faults/rows/row.js';
import { readRows, storeKinds, storeRows } from '../test/faults/rows/store.js';
import { stories } from '../test/faults/rows/stories.js';

const HEAD = '| fault | how | what people get | exit status |\n| --- | --- | --- | --- |';

const exits = { ends: '3', gap: '2', silent: '2' } as const;

/** `docs/faults.md`: what is tried by `npm run test:faults`, and what it holds the product to. */
export function faultsPage(): string {
  return [
    '# When something fails',
    'Made by `npm run docs` from the cases of `npm run test:faults`, which tries each line against a fake account on this machine. Every audit ends within three minutes, accounts for every node, and tells each change once. The exit status is that of `audit`; as a function, 2 is a success and 3 a failed invocation, which is tried again.',
    '## While it asks',
    [HEAD, ...askingRows.map(askingLine)].join('\n'),
    '## While it keeps what it learned',
    [HEAD, ...storeRows.map(storeLine), ...readRows.map(readLine)].join('\n'),
    '## While it tells',
    [HEAD, ...channelRows.map(channelLine)].join('\n'),
    '## Crashes, duplicates and parts',
    ['| what happens | what people get |', '| --- | --- |', ...stories.map(storyLine)].join('\n'),
    '',
  ].join('\n\n');
}

function askingLine({ operation, scope, kinds: some, gets, outcome }: (typeof askingRows)[number]) {
  return line(`\`${operation}\`, ${scope}`, some ?? kinds, gets, exits[outcome]);
}

function storeLine({ write, gets, outcome }: (typeof storeRows)[number]) {
  return line(`\`s3:PutObject\`, ${write.name}`, storeKinds, gets, outcome === 'ends' ? '3' : '–');
}

function readLine({ on, name }: (typeof readRows)[number]) {
  const gets = 'no message: the audit fails and names the key; the next one tells, once';
  return line(`\`${on}\`, ${name}`, kinds, gets, '3');
}

function channelLine({ operation, gets }: (typeof channelRows)[number]) {
  return line(`\`${operation}\``, kinds, gets, '–');
}

function storyLine({ fault, gets }: (typeof stories)[number]) {
  return `| ${fault} | ${gets} |`;
}

function line(fault: string, how: readonly (keyof typeof kindTexts)[], gets: string, exit: string) {
  const all =
    how.length === kinds.length ? 'each way' : how.map((one) => kindTexts[one]).join(', ');
  return `| ${fault} | ${all} | ${gets} | ${exit} |`;
}
