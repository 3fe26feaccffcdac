import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { awsClients } from '../adapters/aws-clients.js';
import { present } from '../core/text/present.js';
import { isSpan, secondsOf, SPAN_WORDS } from '../core/text/span.js';
import { printedJson, printedLines } from '../core/render/lines.js';
import { PROGRAM } from '../program.js';
import { VERSION } from '../version.js';
import { askingAws } from './asking-aws.js';
import { addressOf, LATEST, type OpenedRun } from './open-in-bucket.js';
import { openFolder } from './open-folder.js';
import { wantedRun } from './open-what.js';
import type { Terminal } from './terminal.js';

/** An hour is enough to look, and short enough for an address that opens for everybody. House choice. */
const EXPIRES = 3_600;
/**
 * The longest that a signature lasts: 7 days.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ShareObjectPreSignedURL.html
 */
const LONGEST = 604_800;

/** `open`: where the page of a run is, as an address for the browser or as a file. */
export function openCommand(terminal: Terminal) {
  return new Command('open')
    .description('print where the page of a run is: an address for the browser, or a file')
    .argument(
      '<run>',
      `a run in a bucket, by its name, as '${LATEST}', or by its s3:// address; or a folder`,
    )
    .option('--bucket <name>', 'bucket of the run: output BucketName of the stack')
    .option('--account <id>', 'audited account (default: that of the caller)', accountId)
    .option('--region <region>', 'Region of audit and bucket (default: as the AWS SDK finds it)')
    .option('--profile <name>', 'profile of ~/.aws/config (default: as the AWS SDK finds it)')
    .option('--expires <time>', 'how long the address opens the page (default: 1h)', expiry)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `\nWhoever has the address reads the page until it expires. Needs s3:GetObject, and s3:ListBucket for '${LATEST}'.\nA folder's page is written into it where it has none. It needs no AWS.`,
    )
    .action(async (named, { expires = EXPIRES, json, profile, ...where }) => {
      const wanted = wantedRun(named, where);
      if (wanted === undefined) {
        terminal.write(printedLines([await openFolder(named, PROGRAM)]));
        return;
      }
      const region = where.region ?? wanted.region;
      const clients = awsClients({ version: VERSION, ...present({ region, profile }) });
      try {
        const opened = await askingAws({ clients, profile }, () =>
          addressOf(clients, wanted, expires, new Date()),
        );
        if (json === true) {
          terminal.write(printedJson(opened, 2));
          return;
        }
        terminal.write(printedLines([opened.url]));
        terminal.note(printedLines(notesOf(opened)));
      } finally {
        clients.destroy();
      }
    });
}

function notesOf({ runId, expiresAt, endsWithCredentials, newer }: OpenedRun): string[] {
  const until = `${expiresAt.slice(0, 16).replace('T', ' ')} UTC`;
  const why = endsWithCredentials === true ? ', when your credentials end' : '';
  return [
    ...(newer === undefined ? [] : [`${newer} is newer, and has no page yet`]),
    `run ${runId}; opens for whoever has the address, until ${until}${why}`,
  ];
}

function expiry(text: string): number {
  const seconds = isSpan(text) ? secondsOf(text) : Infinity;
  if (seconds <= LONGEST) return seconds;
  throw new InvalidArgumentError(`should be ${SPAN_WORDS}, at most 7d, got '${text}'`);
}

function accountId(text: string): string {
  if (/^\d{12}$/.test(text)) return text;
  throw new InvalidArgumentError(`should be twelve digits, got '${text}'`);
}
