import { Ajv2020 } from 'ajv/dist/2020.js';
import formatsOfAjv from 'ajv-formats';
import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { marked, type Tokens } from 'marked';
import parsePrometheus from 'parse-prometheus-text-format';
import { beforeAll, describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import line from '../../../schema/finding-line.v1.schema.json' with { type: 'json' };
import schema from '../../../schema/report.v1.schema.json' with { type: 'json' };
import { csvColumns } from '../../../lib/core/render/csv.js';
import { formats, type Format, type Judged } from '../../../lib/core/render/index.js';
import { plain } from '../../../lib/core/render/paint.js';
import { theDemo } from '../../support/demo-run.js';

const junitSchema = new URL('../../fixtures/junit/jenkins-junit.xsd', import.meta.url);
/** A name that means something to each of these formats. */
const EVIL = '=1+1 "a", <b>&\'c\' \\ {d} [e](https://x.example) @team #1 | `f`';

let demo: Judged;
let evil: Judged;

beforeAll(async () => {
  demo = await theDemo();
  evil = JSON.parse(JSON.stringify(demo).replaceAll('storefront', jsonText(EVIL))) as Judged;
}, 300_000);

function jsonText(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function as(format: Format, judged: Judged, only?: string): string {
  const where = { paint: plain, program: 'npx eks-conntrack-auditor' };
  return formats[format](judged, { ...where, ...(only !== undefined && { only }) });
}

describe('json and ndjson', () => {
  const ajv = formatsOfAjv.default(new Ajv2020({ allErrors: true, strict: false }));
  ajv.addSchema(schema);

  it('are what the published schemas say', () => {
    for (const judged of [demo, evil]) {
      const whole: unknown = JSON.parse(as('json', judged));
      ajv.validate(schema.$id, whole);
      expect(ajv.errors).toBeNull();
      const lines = as('ndjson', judged).trimEnd().split('\n');
      expect(lines).toHaveLength(judged.report.findings.length);
      for (const one of lines) ajv.validate(line, JSON.parse(one));
      expect(ajv.errors).toBeNull();
    }
  });

  it('fail the schema where a field is not what it says', () => {
    const whole = JSON.parse(as('json', demo)) as { plan: { actions: unknown } };
    expect(ajv.validate(schema.$id, { ...whole, plan: { ...whole.plan, actions: 1 } })).toBe(false);
  });
});

describe('csv', () => {
  it('has a row for each node of each finding, with the numbers as numbers', () => {
    const rows = parse<Record<string, string>>(as('csv', demo), { columns: true });
    expect(Object.keys(rows[0] ?? {})).toEqual([...csvColumns]);
    expect(rows).toHaveLength(demo.report.findings.flatMap(({ nodes }) => nodes).length);
    const edge = rows.find(
      (row) => row['rule'] === 'table-pressure' && row['node_group'] === 'edge',
    );
    expect(edge).toMatchObject({ entries: '127140', limit: '131072', severity: 'critical' });
  });

  it.each(['=1+1', '+1', '-1', '@a', '\t=1', '\r=1', ' =1', '＝1'])(
    'lets no cell begin as a formula: %j',
    (name) => {
      const named = JSON.parse(
        JSON.stringify(demo).replaceAll('"storefront"', JSON.stringify(name)),
      ) as Judged;
      const rows = parse<Record<string, string>>(as('csv', named), { columns: true });
      const clusters = rows.map((row) => row['cluster'] ?? '');
      expect(clusters.filter((one) => /^\s*[=+\-@＝\t\r]/.test(one))).toEqual([]);
      expect(clusters.filter((one) => one.startsWith("'"))).not.toEqual([]);
    },
  );

  it('keeps quotes and commas of a name', () => {
    const rows = parse<Record<string, string>>(as('csv', evil), { columns: true });
    expect(rows.some((row) => row['cluster'] === `'${EVIL}`)).toBe(true);
  });
});

describe('markdown', () => {
  it('has each action as a box to tick, and a table of the cases', () => {
    for (const judged of [demo, evil]) {
      const tokens = marked.lexer(as('markdown', judged));
      const list = tokens.find((token): token is Tokens.List => token.type === 'list');
      expect(list?.items.map(({ task, checked }) => [task, checked])).toEqual(
        judged.plan.actions.map(() => [true, false]),
      );
      const table = tokens.find((token): token is Tokens.Table => token.type === 'table');
      expect(table?.rows).toHaveLength(judged.cases.length);
      expect(new Set(table?.rows.map((row) => row.length))).toEqual(new Set([5]));
    }
  });

  it('makes no link, mention or HTML of a name', async () => {
    const text = as('markdown', evil);
    const html = await marked.parse(text);
    expect(html).not.toMatch(/<a |<b>/);
    expect(text).not.toContain('@team');
    expect(html).toContain('&lt;b&gt;');
  });
});

describe('prometheus', () => {
  it('is read by a parser, with units in names and a help for each', () => {
    const families = parsePrometheus(as('prometheus', demo));
    const names = families.map(({ name }) => name);
    expect(names).toContain('conntrack_table_usage_ratio');
    expect(new Set(families.map(({ type }) => type))).toEqual(new Set(['GAUGE']));
    expect(families.every(({ help }) => help.length > 10)).toBe(true);
    const usage = families.find(({ name }) => name === 'conntrack_table_usage_ratio')?.metrics;
    const edge = usage?.find(({ labels }) => labels?.['node_group'] === 'edge');
    expect(Number(edge?.value)).toBeCloseTo(0.97, 2);
    const silent = families.find(({ name }) => name === 'conntrack_audit_nodes_silent')?.metrics;
    expect(silent?.reduce((sum, { value }) => sum + Number(value), 0)).toBe(19);
  });

  it('keeps a name with quotes and backslashes', () => {
    const families = parsePrometheus(as('prometheus', evil));
    const clusters = families.flatMap(({ metrics }) =>
      metrics.map(({ labels }) => labels?.['cluster']),
    );
    expect(clusters).toContain(EVIL);
  });
});

describe('junit', () => {
  it('is valid by the schema of Jenkins, whatever a name holds', async () => {
    const xsd = readFileSync(junitSchema, 'utf8');
    for (const judged of [demo, evil]) {
      const xml = { fileName: 'report.xml', contents: as('junit', judged) };
      const { valid, errors } = await validateXML({ xml: [xml], schema: [xsd] });
      expect({ valid, errors: errors.map(({ message }) => message) }).toEqual({
        valid: true,
        errors: [],
      });
    }
  });

  it('counts its failures, and says that a rule passes only where nothing was left out', () => {
    const text = as('junit', demo);
    const { length } = demo.report.findings;
    expect(text).toContain(`failures="${length}">`);
    expect(text.match(/<failure /g)).toHaveLength(length);
    expect(text).toContain('<skipped>not known: makeup</skipped>');
    const part = as('junit', demo, 'critical and worse');
    expect(part.match(/<testcase /g)).toHaveLength(length);
  });
});
