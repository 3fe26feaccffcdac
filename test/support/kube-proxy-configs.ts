interface Case {
  readonly text: string;
  /** Of conntrack and mode, as they stand there; `false` where the probe does not follow. */
  readonly told: string | false;
}

function config(text: string, told: string | false): Case {
  return { text, told };
}

/** Configurations of kube-proxy by what is special about them, and what the probe tells of each. */
export const kubeProxyConfigs: Readonly<Record<string, Case>> = {
  'a configuration with comments, blank lines and Windows line ends': config(
    '# conntrack:\r\nconntrack: # of this node\r\n\r\n    # min: 1\r\n    min: 655360 # more\r\n# min: 2\r\n    maxPerCore: 0\r\nmin: 3\r\n',
    'conntrack:\n    min: 655360\n    maxPerCore: 0',
  ),
  'a configuration without the block': config('kind: X\nmin: 5\niptables:\n  min: 6\n', ''),
  'quoted names': config(
    '"kind": "X"\n"conntrack":\n  "min": 5\n\'mode\': \'ipvs\'\n',
    '"conntrack":\n  "min": 5\n\'mode\': \'ipvs\'',
  ),
  'flow style': config('kind: X\nconntrack: {maxPerCore: 0} # off\n', 'conntrack: {maxPerCore: 0}'),
  'flow style that ends at the left': config(
    'conntrack: {\n  maxPerCore: 0\n}\nkind: X\n',
    'conntrack: {\n  maxPerCore: 0\n}',
  ),
  'JSON on one line': config(
    '{"kind":"X","ipvs":{"mode":"a"},"conntrack":{"maxPerCore":0,"min":5},"mode":""}',
    '{"conntrack":{"maxPerCore":0,"min":5}, "mode":""}',
  ),
  'JSON on many lines, with tabs': config(
    '{\n\t"kind": "X, \\"}",\n\t"conntrack": {\n\t\t"min": 5\n\t},\n\t"x": ["mode", {"min": 6}]\n}\n',
    '{"conntrack": {   "min": 5  }}',
  ),
  'JSON without the block': config('{"kind":"X","x":{"conntrack":{"min":5}}}\n', ''),
  'JSON that is cut': config('{"kind":"X","conntrack":{"min":5}', false),
  'something after JSON': config('{"conntrack":{"min":5}} x\n', false),
  'a block that is indented as a whole': config(
    '  kind: X\n  conntrack:\n    min: 5\n  mode: ipvs\n',
    'conntrack:\n  min: 5\nmode: ipvs',
  ),
  'a line left of all others': config('  conntrack:\n    min: 5\nmode: ipvs\n', false),
  'several documents': config(
    '# all\n---\nconntrack:\n  min: 5\n---\nconntrack:\n  min: 6\n',
    'conntrack:\n  min: 5',
  ),
  'a document that begins on its mark': config('--- {conntrack: {min: 5}}\n', false),
  'a directive of YAML': config('%YAML 1.2\n---\nconntrack:\n  min: 5\n', false),
  'tabs that indent': config('conntrack:\n\tmin: 5\n', false),
  'an anchor': config('conntrack: &a\n  min: 5\n', false),
  'an anchor elsewhere': config('x: &a {min: 5}\nconntrack:\n  min: 5\n', 'conntrack:\n  min: 5'),
  'a merge': config('x: &a\n  conntrack: {min: 5}\n<<: *a\n', false),
  'an alias for a block': config('x: &a {min: 5}\nconntrack: *a\n', false),
  'a folded text': config('conntrack: >\n  min: 5\n', false),
  'a block that is written twice': config(
    'conntrack:\n  min: 5\nconntrack:\n  min: 6\n',
    'conntrack:\n  min: 5\nconntrack:\n  min: 6',
  ),
  'lists as far left as their names': config(
    'nodePortAddresses:\n- 10.0.0.0/8\nconntrack:\n  min: 5\n',
    'conntrack:\n  min: 5',
  ),
  'text on more lines': config('x: "a\nconntrack: {min: 5}\nb"\n', false),
  'words for a shell': config('conntrack:\n  min: "$(reboot)"\n', false),
  'a null block': config('conntrack: null\nx:\n  min: 5\n', 'conntrack: null'),
  'no YAML': config('just text\n', false),
  'no text': config('', false),
  'comments alone': config('# conntrack:\n#   min: 5\n', false),
  'a hash that is part of a text': config('conntrack:\n  x: "a # b" # c\n  y: it is#c\n', false),
  'more than the first 64 KiB': config(
    `conntrack:\n  min: 9\n${'#\n'.repeat(40_000)}  maxPerCore: 8\n`,
    false,
  ),
  'a megabyte on one line': config(`${'x'.repeat(1_048_576)}\nconntrack:\n  min: 9\n`, false),
  'a block of 480 characters': config(
    `conntrack:\n  x: ${'a'.repeat(464)}\n`,
    `conntrack:\n  x: ${'a'.repeat(464)}`,
  ),
  'a block of 481 characters': config(`conntrack:\n  x: ${'a'.repeat(465)}\n`, false),
};
