import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../lib/cli/program.js';
import { nodeOses } from '../../lib/core/limit/expected-limit.js';
import { bundledShapes } from '../../lib/core/limit/instance-shapes.js';
import type { LimitAnswer, LimitForm } from '../../lib/core/render/limit-answer.js';
import { aTerminal } from '../support/a-terminal.js';
import { startBrowser } from '../page/browser.js';
import { openPage, origin } from './built.js';

const INPUTS = 1_000;
const SEED = 20_261_127;

const given = <T>(value: fc.Arbitrary<T>) => fc.option(value.map(String), { nil: '', freq: 2 });
const types = bundledShapes.map(({ instanceType }) => instanceType);
const ofType = fc.constantFrom(...types).map((type) => ({ type, vcpus: '', memoryGib: '' }));
const ofNumbers = fc
  .tuple(fc.integer({ min: 1, max: 8_192 }), fc.integer({ min: 1, max: 12_000 }))
  .map(([vcpus, quarters]) => ({
    type: '',
    vcpus: String(vcpus),
    memoryGib: String(quarters / 4),
  }));
/** What people mistype, and what does not go together. */
const mistyped = fc.constantFrom(
  { type: 't3.xlrage', vcpus: '', memoryGib: '' },
  { type: '', vcpus: '', memoryGib: '' },
  { type: 'm5.large', vcpus: '2', memoryGib: '' },
  { type: '', vcpus: '2.5', memoryGib: '8' },
  { type: '', vcpus: '8193', memoryGib: '8' },
  { type: '', vcpus: '2', memoryGib: '0' },
);
const size = fc.oneof(
  { weight: 8, arbitrary: ofType },
  { weight: 8, arbitrary: ofNumbers },
  { weight: 1, arbitrary: mistyped },
);
const versions = fc.oneof(
  fc
    .tuple(fc.integer({ min: 15, max: 42 }), fc.integer({ min: 0, max: 9 }), fc.boolean())
    .map(([minor, patch, eks]) =>
      eks ? `v1.${minor}.${patch}-eksbuild.3` : `1.${minor}.${patch}`,
    ),
  fc.constantFrom('none', '1.29', '1.31', '1.36', '1.36.0', '1.36.1', '1.38', 'banana'),
);
const count = fc.oneof(
  fc.constantFrom(
    0,
    1,
    32_768,
    65_536,
    131_072,
    262_144,
    524_288,
    1_048_576,
    2_147_483_647,
    2_147_483_648,
  ),
  fc.integer({ min: 0, max: 4_000_000 }),
);
const forms: fc.Arbitrary<LimitForm> = fc
  .tuple(
    size,
    fc.record({
      kubeProxy: given(versions),
      kernel: given(
        fc.constantFrom(
          '4.14',
          '5.10',
          '5.14.21',
          '5.15.0',
          '6.1.141-155.222',
          '6.12',
          '6.18',
          'six',
        ),
      ),
      os: fc.constantFrom(...nodeOses),
      maxPerCore: given(count),
      min: given(count),
    }),
  )
  .map(([one, other]) => ({ ...one, ...other }));

const options = {
  vcpus: '--vcpus',
  memoryGib: '--memory-gib',
  kubeProxy: '--kube-proxy',
  kernel: '--kernel',
  os: '--os',
  maxPerCore: '--max-per-core',
  min: '--min',
} as const satisfies Partial<Record<keyof LimitForm, string>>;

/** What the command line says to the same question: its JSON, or that it refuses. */
async function cli({ type, ...rest }: LimitForm) {
  const { terminal, out } = aTerminal();
  const words = Object.entries(rest).flatMap(([name, text]) =>
    text === '' ? [] : [`${options[name as keyof typeof options]}=${text}`],
  );
  const status = await run(['limit', ...(type === '' ? [] : [type]), ...words, '--json'], terminal);
  return status === 0 ? out() : 'refused';
}

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await startBrowser();
  ({ page } = await openPage(browser, 'limit.html'));
});
afterAll(() => browser.close());

/** What the module of the page says to these forms, in the page. */
function inPage(asked: readonly LimitForm[]): Promise<LimitAnswer[]> {
  return page.evaluate<LimitAnswer[]>(
    `import('${origin}/limit-model.js').then(({ limitAnswer }) => ${JSON.stringify(asked)}.map(limitAnswer))`,
  );
}

describe('the calculator in the page', () => {
  it('says what the command line says to 1,000 random inputs', async () => {
    const asked = fc.sample(forms, { numRuns: INPUTS, seed: SEED });
    const answers = await inPage(asked);
    const said = answers.map((answer) => ('json' in answer ? answer.json : 'refused'));
    const wanted: string[] = [];
    for (const form of asked) wanted.push(await cli(form));
    expect(said).toEqual(wanted);
    const refused = wanted.filter((one) => one === 'refused').length;
    expect(refused).toBeGreaterThan(INPUTS / 20);
    expect(refused).toBeLessThan(INPUTS / 2);
  });

  it('shows it, and the command that gives the same, by keyboard alone', async () => {
    const type = page.getByLabel('Instance type', { exact: true });
    await type.focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('m5.24xlarge');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('1.36.0');
    await expect.poll(() => page.locator('output[name=limit]').textContent()).toBe('1,048,576');
    const command = await page.locator('.same code').textContent();
    expect(command).toBe('npx eks-conntrack-auditor limit m5.24xlarge --kube-proxy 1.36.0');
  });

  it('asks for vCPUs and memory in place of a type', async () => {
    await page.getByLabel('vCPUs and memory').check();
    await page.getByLabel('vCPUs', { exact: true }).fill('4');
    await page.getByLabel('Memory, GiB').fill('16');
    await page.getByLabel('kube-proxy version').fill('1.28');
    await expect.poll(() => page.locator('output[name=limit]').textContent()).toBe('262,144');
    await page.getByLabel('conntrack.min').fill('524288');
    await expect.poll(() => page.locator('output[name=limit]').textContent()).toBe('524,288');
  });

  it('says what is wrong with a field, and marks it', async () => {
    const version = page.getByLabel('kube-proxy version');
    await version.fill('banana');
    await expect.poll(() => page.getByRole('status').textContent()).toContain("got 'banana'");
    expect(await version.getAttribute('aria-invalid')).toBe('true');
    await version.fill('1.31');
    await expect.poll(() => version.getAttribute('aria-invalid')).toBe('false');
  });
});
