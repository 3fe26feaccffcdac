import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ledger } from '../../../lib/core/ledger/ledger.js';
import type { Told } from '../fake/receivers.js';
import { Lab, tick, type Ran } from '../lab.js';
import { ChangingFleet } from './changing-fleet.js';
import { activeInHub, openByEvents, openByMail, openInLedger } from './agreement.js';
import { Dice } from './dice.js';
import { randomCrash, randomFaults } from './random-faults.js';

/** `npm run soak` audits 200 times. */
const AUDITS = Number(process.env['SOAK_AUDITS'] ?? 40);
const SEED = Number(process.env['SOAK_SEED'] ?? 10);
const HOURS = 6;
const MINUTE = 1 / 60;
/** Audits in which nothing changes and nothing fails, at the end: everything that is owed is told. */
const CALM = 4;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is measured after each audit. */
interface Mark {
  readonly heap: number;
  readonly ledger: number;
}

let lab: Lab;
let told: Told;
let ledger: Ledger;
/** Numbers of each audit. Reports would fill the heap that is measured. */
const ran: (Pick<Ran, 'seconds'> & { readonly unaccounted: number })[] = [];
const marks: Mark[] = [];
let crashes = 0;

/** One tick of the schedule: tried again where the process died or failed, and sometimes for no reason. */
async function auditOnce(dice: Dice, at: number): Promise<void> {
  const hours = at * HOURS;
  if (dice.chance(0.15)) {
    await lab.fail(randomCrash(dice));
    if (await lab.auditUntilCrash(hours)) crashes += 1;
  } else {
    await lab.fail(...randomFaults(dice));
    keep(await lab.audit(hours));
  }
  await lab.fail();
  if (dice.chance(0.2)) keep(await lab.audit(hours + MINUTE, { scheduled: tick(hours) }));
}

function keep({ seconds, report }: Ran): void {
  const { discovered = 0, read = 0 } = report?.nodes ?? {};
  ran.push({ seconds, unaccounted: discovered - read - (report?.silent.length ?? 0) });
}

async function mark(): Promise<void> {
  collectGarbage();
  const size = JSON.stringify((await lab.object('ledger.json')) ?? null).length;
  marks.push({ heap: process.memoryUsage().heapUsed, ledger: size });
}

beforeAll(async () => {
  const dice = new Dice(SEED);
  const fleet = new ChangingFleet(dice);
  lab = await Lab.open();
  await lab.set(fleet.world);
  for (let at = 0; at < AUDITS; at += 1) {
    await auditOnce(dice, at);
    await mark();
    fleet.change();
    await lab.account.order('become', fleet.world);
  }
  for (let at = AUDITS; at < AUDITS + CALM; at += 1) keep(await lab.audit(at * HOURS));
  await mark();
  ledger = (await lab.object('ledger.json')) as Ledger;
  told = await lab.told();
}, 600_000);
afterAll(async () => {
  await lab.close();
  const last = marks.at(-1) ?? { heap: 0, ledger: 0 };
  process.stdout.write(
    `${ran.length + crashes} executions, ${crashes} crashes, ${told.topic.length} mails; heap ${Math.round(last.heap / 1e6)} MB, ledger ${Math.round(last.ledger / 1e3)} kB, seed ${SEED}\n`,
  );
});

describe(`${AUDITS} audits of a changing fleet in an account that fails at random`, () => {
  it('account for every node', () => {
    expect(ran.filter(({ unaccounted }) => unaccounted !== 0)).toEqual([]);
  });

  it('end within the quarter of an hour that a function may run, though several things fail at once', () => {
    for (const { seconds } of ran) expect(seconds).toBeLessThanOrEqual(900);
  });

  it('agree with the ledger by mail', () => {
    expect(openByMail(told)).toEqual(openInLedger(ledger));
  });

  it('agree with the ledger by events', () => {
    expect(openByEvents(told)).toEqual(openInLedger(ledger));
  });

  it('agree with the ledger in Security Hub', () => {
    const severe = openInLedger(ledger).filter((one) => !one.startsWith('notice '));
    expect(activeInHub(told)).toEqual(severe.map((one) => one.split(' ')[1]).sort());
  });

  it('tell no change of one audit twice, but after a crash', () => {
    const sent = told.topic.map(({ bodies }) => bodies['default'] ?? '');
    const twice = sent.length - new Set(sent).size;
    expect(twice).toBeLessThanOrEqual(crashes);
  });

  it('leave nothing owed', () => {
    expect(ledger.outbox).toBeUndefined();
  });

  it('keep heap and ledger flat', () => {
    const quarter = Math.floor(marks.length / 4);
    const early = marks.slice(quarter, 2 * quarter);
    const late = marks.slice(-quarter);
    const most = (list: readonly Mark[], of: keyof Mark) => Math.max(...list.map((one) => one[of]));
    expect(most(late, 'heap')).toBeLessThan(1.1 * most(early, 'heap'));
    expect(most(late, 'ledger')).toBeLessThan(2 * most(early, 'ledger'));
  });
});
