/**
 * What a hub's digest of 1,000 accounts in 4 Regions costs: `npm run bench:organization`.
 *
 * Each record is that of the demo's run, with its ten cases and its actions, under another account and Region. It is read from its
 * text, as it lies in a bucket; what the bucket takes to hand it over is not in the figures. Fails beyond 10 s or 300 MB.
 */
import { organizationDigestOf } from '../../lib/core/organization/organization-digest.js';
import { partKey, readPartRecord } from '../../lib/core/organization/part-file.js';
import { partRecordOf } from '../../lib/core/organization/part-record.js';
import { organizationMail } from '../../lib/core/render/organization/organization-mail.js';
import { catalogue } from '../../lib/core/run/catalogue.js';
import { judgedRun } from '../../lib/core/run/judged-run.js';
import { theDemo } from '../support/demo-run.js';

const ACCOUNTS = 1_000;
const REGIONS = ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2'];
const MOST_SECONDS = 10;
const MOST_MB = 300;

const print = (text: string) => process.stdout.write(`${text}\n`);
const megabytes = () => process.resourceUsage().maxRSS / 1_000;

const { evidence, policy } = await theDemo();
const run = judgedRun(evidence, {}, catalogue, policy);
const account = { id: '111122223333' };
const model = partRecordOf(run, { account, location: 's3://hub/', cadenceSeconds: 21_600 });
const before = megabytes();

/** The texts of a bucket, one after the other: they are not all in memory at once. */
function* texts(): Generator<{ key: string; text: string }> {
  for (let number = 0; number < ACCOUNTS; number += 1) {
    for (const region of REGIONS) {
      const id = String(100_000_000_000 + number);
      const who = { id, alias: `account-${number}` };
      const own = { ...model, account: who, region, location: `s3://hub/runs/${id}/${region}/x/` };
      yield { key: partKey({ account: id, region }), text: JSON.stringify(own) };
    }
  }
}

const start = performance.now();
const records = Array.from(texts(), ({ key, text }) => readPartRecord(text, key));
const read = performance.now();
const expected = records.map((one) => ({ account: one.account.id, region: one.region }));
const digest = organizationDigestOf({
  ...{ records, expected, location: 's3://hub/audits/' },
  now: new Date(Date.parse(model.startedAt) + 3_600_000).toISOString(),
});
const mail = organizationMail(digest);
const seconds = (performance.now() - start) / 1_000;

print(
  `node ${process.version}, ${records.length} records of ${JSON.stringify(model).length} bytes`,
);
print(`  read     ${((read - start) / 1_000).toFixed(2)} s`);
print(
  `  digest   ${(seconds - (read - start) / 1_000).toFixed(2)} s, ${mail.length} characters of mail`,
);
print(`  memory   ${megabytes().toFixed(0)} MB at the most, ${before.toFixed(0)} MB before`);
if (seconds > MOST_SECONDS || megabytes() > MOST_MB) {
  throw new Error(
    `should take at most ${MOST_SECONDS} s and ${MOST_MB} MB, took ${seconds.toFixed(2)} s and ${megabytes().toFixed(0)} MB`,
  );
}
