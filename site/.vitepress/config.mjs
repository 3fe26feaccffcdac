import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitepress';

const topics = JSON.parse(readFileSync(new URL('../pages/topics.json', import.meta.url), 'utf8'));
const pagesOf = (kind, folder) =>
  topics
    .filter((topic) => topic.kind === kind)
    .map(({ id }) => ({ text: id, link: `/${folder}/${id}` }));
const page = (text, link) => ({ text, link });

const main = [
  {
    text: 'Use it',
    items: [
      page('Start', '/'),
      page('Read a report', '/read-a-report'),
      page('Plan and what-if', '/plan'),
      page('From a laptop', '/laptop'),
      page('Many accounts', '/organization'),
      page('Deploy', '/deploy'),
      page('What changed, told once', '/messages'),
      page('In a pipeline', '/ci'),
      page('With Terraform', '/terraform'),
      page('For agents', '/agents'),
      page('Silent nodes', '/silent-nodes'),
      page('Doctor', '/doctor'),
      page('Uninstall', '/uninstall'),
    ],
  },
  {
    text: 'The limit',
    items: [page('Explained, with a calculator', '/limit'), page('Resolvers', '/resolvers')],
  },
  {
    text: 'Look up',
    items: [page('Findings', '/findings'), page('Remedies', '/remedies')],
  },
  {
    text: 'Trust it',
    items: [
      page('Permissions', '/permissions'),
      page('Threat model', '/threat-model'),
      page('Cost', '/cost'),
      page('Predictions and the kernel', '/truth'),
      page('When something fails', '/faults'),
      page('Alarms', '/alarms'),
      page('Facts, with dates', '/facts'),
      page('How it compares', '/compare'),
      page('Report a vulnerability', '/security'),
    ],
  },
  {
    text: 'Work on it',
    items: [
      page('Contributing', '/contributing'),
      page('Design', '/design'),
      page('The deployment test', '/testing'),
      page('What 1.0 needs', '/one-point-zero'),
      page('Changelog', '/changelog'),
    ],
  },
];
const back = { text: 'Everything else', items: [page('Start', '/')] };

export default defineConfig({
  title: 'eks-conntrack-auditor',
  description: 'Finds the EKS nodes that run out of conntrack table before packets drop.',
  lang: 'en',
  srcDir: 'pages',
  base: process.env.SITE_BASE ?? '/',
  ignoreDeadLinks: false,
  vite: { build: { chunkSizeWarningLimit: 1_000 } },
  // Comments in code of the usual themes are too faint to read.
  markdown: { theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    docFooter: { prev: 'Before', next: 'Next' },
    nav: [
      page('Report', '/read-a-report'),
      page('Findings', '/findings'),
      page('Remedies', '/remedies'),
      page('Limit calculator', '/limit'),
    ],
    // Groups that fold would be buttons within buttons, which no screen reader can tell apart: each list has its own bar.
    sidebar: {
      '/findings': [
        {
          text: 'Findings',
          items: [page('All findings', '/findings'), ...pagesOf('rule', 'findings')],
        },
        back,
      ],
      '/remedies': [
        {
          text: 'Remedies',
          items: [page('All remedies', '/remedies'), ...pagesOf('remedy', 'remedies')],
        },
        back,
      ],
      '/': main,
    },
  },
});
