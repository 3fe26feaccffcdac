/** The folders of the core, from the ground up: each may import those before it, and no other. */
const floors = [
  'text',
  'node',
  'measure',
  'limit',
  'judge',
  'rules',
  'remedies',
  'artefacts',
  'plan',
  'mutes',
  'configuration',
  'ledger',
  'history',
  'organization',
  'render',
  'run',
];
const noArrowBack = floors.slice(0, -1).map((floor, at) => ({
  name: `core-${floor}-looks-down`,
  comment: `lib/core/${floor} may import ${floors.slice(0, at).join(', ') || 'nothing'} of the core.`,
  severity: 'error',
  from: { path: `^lib/core/${floor}/` },
  to: { path: `^lib/core/(${floors.slice(at + 1).join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'core-is-pure',
      comment:
        'The core decides; it never asks. Put the call in an adapter and hand the core its answer. It may use valibot, fastest-levenshtein, wrap-ansi and string-width: they compute from their arguments, and do nothing else.',
      severity: 'error',
      from: { path: '^lib/core/' },
      to: {
        pathNot:
          '(^lib/core/|(^|/)node_modules/(valibot|fastest-levenshtein|wrap-ansi|string-width|yaml)/)',
      },
    },
    {
      name: 'core-reads-yaml-where-nodes-answer',
      comment:
        'yaml turns text into values, with no clock, file or network: it keeps the core pure. What kube-proxy is configured with is read by its meaning, which no pattern can do. Nothing else in the core needs it.',
      severity: 'error',
      from: { path: '^lib/core/', pathNot: '^lib/core/node/parse/kube-proxy-config[.]ts$' },
      to: { path: '(^|/)node_modules/yaml/' },
    },
    ...noArrowBack,
    {
      name: 'core-has-no-hall',
      comment: 'A file of the core belongs into one of its folders.',
      severity: 'error',
      from: { path: '^lib/core/[^/]+$' },
      to: {},
    },
    {
      name: 'rules-stand-alone',
      comment:
        'A rule that needs another rule needs a shared function in lib/core/rules/shared instead.',
      severity: 'error',
      from: { path: '^lib/core/rules/[^/]+$', pathNot: '/index[.]ts$' },
      to: { path: '^lib/core/rules/[^/]+$' },
    },
    {
      name: 'remedies-stand-alone',
      comment: 'What two remedies share belongs in lib/core/remedies/shared.',
      severity: 'error',
      from: { path: '^lib/core/remedies/[^/]+$', pathNot: '/index[.]ts$' },
      to: { path: '^lib/core/remedies/[^/]+$' },
    },
    {
      name: 'adapters-to-core-only',
      comment:
        'An adapter answers to the core. It is wired up by a handler or the CLI and knows neither.',
      severity: 'error',
      from: { path: '^lib/adapters/' },
      to: { path: '^(bin|lambda|lib/(constructs|cli|simulator|mcp))/' },
    },
    {
      name: 'adapters-stand-alone',
      comment:
        'What adapters of two services share is how a client is made (aws-clients.ts, time-limits.ts) and how its errors read (service-*.ts), or it belongs in the core.',
      severity: 'error',
      from: { path: '^lib/adapters/([^-]+)-' },
      to: {
        path: '^lib/adapters/',
        pathNot: '^lib/adapters/((aws-clients|time-limits|service-(error|attempts))[.]ts$|$1-)',
      },
    },
    {
      name: 'running-code-never-deploys',
      comment: 'This would pull aws-cdk-lib into a function bundle.',
      severity: 'error',
      from: { path: '^(lambda|lib/(core|adapters|cli|simulator))/' },
      to: {
        path: '(^lib/(constructs/|conntrack-auditor-stack)|node_modules/(aws-cdk-lib|constructs)/)',
      },
    },
    {
      name: 'constructs-never-run',
      comment:
        'A construct names a handler by its path and shares lib/env.ts with it; it imports neither handler nor SDK.',
      severity: 'error',
      from: { path: '^lib/constructs/' },
      to: { path: '(^lambda/|^lib/(adapters|cli|simulator)/|node_modules/@aws-sdk/)' },
    },
    {
      name: 'simulator-stands-alone',
      comment:
        'The simulator answers the wire protocols. It borrows core types and the probe, never our adapters: they are what it is there to test.',
      severity: 'error',
      from: { path: '^lib/simulator/' },
      to: { path: '^(bin|lambda|lib/(adapters|cli|constructs))/' },
    },
    {
      name: 'simulator-is-for-the-cli',
      comment: 'Nothing that is deployed may reach the simulator.',
      severity: 'error',
      from: { path: '^(lambda|lib/(core|adapters|constructs))/' },
      to: { path: '^lib/simulator/' },
    },
    {
      name: 'tools-take-what-they-name',
      comment:
        'A tool of the MCP server answers from the core and from what the commands of the same name compute. It reads no file, has no clock and starts nothing: lib/cli/mcp.ts opens the runs, and hands them over.',
      severity: 'error',
      from: { path: '^lib/mcp/' },
      to: {
        pathNot:
          '^lib/(mcp|core)/|^lib/(version|program)[.]ts$|^lib/cli/(explain|pages|limit-options|plan-question|fix-(context|files|plan|usual))[.]ts$|(^|/)node_modules/(valibot|@valibot/to-json-schema|@modelcontextprotocol/server)/|^@modelcontextprotocol/server/stdio$',
      },
    },
    {
      name: 'tools-only-read',
      comment:
        'Nothing that a tool of the MCP server reaches, however far away, asks a service, opens a connection or starts a process.',
      severity: 'error',
      from: { path: '^lib/mcp/' },
      to: {
        reachable: true,
        path: '^(bin|lambda|lib/(adapters|constructs|simulator|probe))/|^lib/cli/(audit|demo|node|notify|write-[^/]+)[.]ts$|(^|/)node_modules/(@aws-sdk|@smithy|listr2)/|^(node:)?(child_process|cluster|dgram|dns|http|http2|https|net|tls|worker_threads|fs/promises)$',
      },
    },
    {
      name: 'tools-read-pages-alone',
      comment:
        'What the MCP server shares with the commands computes. The one file that it reads by itself is a page of a rule or a remedy, in lib/cli/pages.ts.',
      severity: 'error',
      from: {
        path: '^lib/cli/(explain|limit|limit-options|near-types|plan-question|fix-(context|files|plan|usual)|print-artefact)[.]ts$',
      },
      to: { path: '^(node:)?fs(/promises)?$' },
    },
    {
      name: 'protocol-comes-late',
      comment:
        'Only `mcp` speaks the Model Context Protocol: lib/cli/mcp.ts loads it when it is called.',
      severity: 'error',
      from: { path: '^(bin|lib)/', pathNot: '^lib/mcp/' },
      to: { path: '^lib/mcp/(?!runs[.]ts$)', dependencyTypesNot: ['dynamic-import'] },
    },
    {
      name: 'handlers-stand-alone',
      severity: 'error',
      from: { path: '^lambda/' },
      to: { path: '^lambda/' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-test-in-source',
      severity: 'error',
      from: { path: '^(bin|lib|lambda)/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  },
};
