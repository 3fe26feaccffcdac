import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { edited, holds, proveEdit } from '../../../lib/cli/kube-proxy-config/edit.js';
import { readConfiguration } from '../../../lib/cli/kube-proxy-config/read.js';
import type { Value, Wanted } from '../../../lib/cli/kube-proxy-config/wanted.js';
import { editable, EKS_CONFIG, refused } from '../../support/kube-proxy-configurations.js';

const min: Wanted = new Map([['min', 524_288]]);

/** What readers of each version of YAML make of a text; strict, and without duplicate keys. */
function read(text: string): Record<string, unknown>[] {
  return (['1.1', '1.2'] as const).map(
    (version) =>
      parse(text, { version, strict: true, uniqueKeys: true }) as Record<string, unknown>,
  );
}

function withWanted(text: string, wanted: Wanted) {
  return read(text).map((config) => ({
    ...config,
    conntrack: { ...(config['conntrack'] as object | null), ...Object.fromEntries(wanted) },
  }));
}

describe('an edited configuration of kube-proxy', () => {
  it.each(Object.entries(editable))('has the value and all else as it was: %s', (_form, text) => {
    const made = edited(text, min);
    expect(read(made)).toEqual(withWanted(text, min));
    expect(holds(text, min)).toBe(false);
    expect(holds(made, min)).toBe(true);
    expect(edited(made, min)).toBe(made);
  });

  it.each(Object.entries(refused))('is not made of %s', (_form, [text, said]) => {
    expect(() => edited(text, min)).toThrow(said);
  });

  it('differs from what EKS ships in one line', () => {
    expect(edited(EKS_CONFIG, min)).toBe(EKS_CONFIG.replace('131072', '524288'));
  });

  it('keeps its remarks, its quotes and its indentation', () => {
    const text = editable['comments'] ?? '';
    expect(edited(text, min)).toBe(text.replace('131072', '524288'));
    const wide = editable['four spaces'] ?? '';
    expect(edited(wide, min)).toBe(wide.replace('131072', '524288'));
    const windows = editable['Windows line ends'] ?? '';
    expect(edited(windows, min)).toBe(windows.replace('131072', '524288'));
    const flush = editable['lists that are not indented'] ?? '';
    expect(edited(flush, min)).toBe(flush.replace('min: 1', 'min: 524288'));
    const added = edited(flush, new Map([['maxPerCore', 0]]));
    expect(added).toBe(flush.replace('min: 1', 'min: 1\n  maxPerCore: 0'));
    expect(edited(editable['an empty block with a remark'] ?? '', min)).toContain('# ours');
  });

  it('has two values in their places, whichever is asked for first', () => {
    const two = [
      ['maxPerCore', 7],
      ['min', 524_288],
    ] as const;
    const both = EKS_CONFIG.replace('32768', '7').replace('131072', '524288');
    expect(edited(EKS_CONFIG, new Map(two))).toBe(both);
    expect(edited(EKS_CONFIG, new Map([...two].reverse()))).toBe(both);
  });

  it('stays JSON where it was, as kube-proxy reads nothing else after a brace', () => {
    expect(JSON.parse(edited(editable['JSON'] ?? '', min))).toHaveProperty(
      'conntrack.min',
      524_288,
    );
  });

  it('is not given out when something else changed, or the value is not there', () => {
    const before = readConfiguration(EKS_CONFIG);
    const right = EKS_CONFIG.replace('131072', '524288');
    expect(() => {
      proveEdit(before, right, min);
    }).not.toThrow();
    for (const wrong of [
      EKS_CONFIG,
      right.replace('14', '15'),
      right.replace('mode: "iptables"\n', ''),
      `${right}\nadded: 1\n`,
    ]) {
      expect(() => {
        proveEdit(before, wrong, min);
      }).toThrow('by hand');
    }
  });
});

const word = fc.constantFrom(
  ...[
    'yes',
    'on',
    'null',
    '~',
    '010',
    '1:30',
    '1e3',
    '0x1f',
    '#no',
    'a: b',
    '- a',
    "it's",
    '"',
    '',
  ],
  ...[
    'two\nlines',
    'ends\n',
    ' space',
    '*a',
    '&a',
    '!t',
    '%d',
    '@x',
    '`',
    '{',
    '[',
    'é',
    '🙂',
    '<<',
  ],
);
const leaf = fc.oneof(
  word,
  fc.string(),
  fc.integer(),
  fc.double().filter((value) => !Object.is(value, -0)),
  fc.boolean(),
  fc.constant(null),
);
const name = fc
  .stringMatching(/^[a-z][a-zA-Z]{0,8}$/)
  .filter((key) => !/^(conntrack|kind|apiVersion)$/.test(key));
const tree = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 2 },
    leaf,
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(name, tie('node'), { maxKeys: 3 }),
  ),
})).node;
const block = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, {}),
  fc.record(
    { maxPerCore: fc.nat(), min: fc.nat(), tcpCloseWaitTimeout: fc.constant('1h0m0s') },
    { requiredKeys: [] },
  ),
);
const style = fc.record({
  indent: fc.integer({ min: 1, max: 8 }),
  indentSeq: fc.boolean(),
  lineWidth: fc.constantFrom(0, 20, 80),
  version: fc.constantFrom('1.1' as const, '1.2' as const),
  collectionStyle: fc.constantFrom('any' as const, 'block' as const),
  aliasDuplicateObjects: fc.constant(false),
});
const text = fc
  .record({
    rest: fc.dictionary(name, tree, { maxKeys: 4 }),
    block,
    style,
    json: fc.boolean(),
    crlf: fc.boolean(),
  })
  .map(({ rest, block: conntrack, style: options, json, crlf }) => {
    const config = {
      kind: 'KubeProxyConfiguration',
      ...rest,
      ...(conntrack !== undefined && { conntrack }),
    };
    if (json) return JSON.stringify(config, null, options.indent);
    const made = stringify(config, options);
    return crlf ? made.replaceAll('\n', '\r\n') : made;
  });
const wanted = fc
  .record(
    {
      min: fc.nat(),
      maxPerCore: fc.nat(),
      tcpEstablishedTimeout: fc.constantFrom('2h4m0s', '90s'),
      tcpBeLiberal: fc.boolean(),
    },
    { requiredKeys: ['min'] },
  )
  .map((values): Wanted => new Map<string, Value>(Object.entries(values)));

/** The edit of a text, or nothing where it is refused with a reason. */
function editedOrRefused(config: string, values: Wanted): string | undefined {
  try {
    return edited(config, values);
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).not.toBe('');
    return undefined;
  }
}

describe('thousands of configurations', () => {
  it('are edited rightly or refused', () => {
    let made = 0;
    fc.assert(
      fc.property(text, wanted, (config, values) => {
        const result = editedOrRefused(config, values);
        if (result === undefined) return;
        made += 1;
        expect(read(result)).toEqual(withWanted(config, values));
      }),
      { numRuns: 2_000 },
    );
    expect(made).toBeGreaterThan(1_000);
  });

  it('are edited rightly or refused when a few characters of them are others', () => {
    const char = fc.constantFrom(...'\t\r\n :-#&*!{}[]"\',%@`~0a'.split(''));
    const change = fc.record({ at: fc.nat(), char, remove: fc.nat(3) });
    const forms = fc.constantFrom(EKS_CONFIG, ...Object.values(editable));
    fc.assert(
      fc.property(
        forms,
        fc.array(change, { minLength: 1, maxLength: 3 }),
        wanted,
        (form, changes, values) => {
          const config = changes.reduce((now, { at, char: put, remove }) => {
            const place = at % (now.length + 1);
            return now.slice(0, place) + put + now.slice(place + remove);
          }, form);
          const result = editedOrRefused(config, values);
          if (result !== undefined) expect(read(result)).toEqual(withWanted(config, values));
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
