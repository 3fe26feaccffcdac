import { ConfigMap, Service, ServiceAccount } from 'kubernetes-models/v1';
import { DaemonSet, Deployment } from 'kubernetes-models/apps/v1';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { artefactText } from '../../../lib/cli/print-artefact.js';
import type { Artefact } from '../../../lib/core/artefacts/artefact.js';
import { artefactsFor, needsOf, renderable } from '../../../lib/core/artefacts/index.js';
import { nodeOses } from '../../../lib/core/limit/expected-limit.js';
import { aContext } from '../../support/a-context.js';

const base = aContext;

const contexts = nodeOses.flatMap((os) =>
  (['iptables', 'ipvs', 'nftables'] as const).map((proxyMode) => ({ ...base, os, proxyMode })),
);
const all = contexts.flatMap((context) =>
  renderable.flatMap((remedy) =>
    artefactsFor(remedy, context).map((artefact) => ({ remedy, artefact })),
  ),
);
const ofKind = (kind: Artefact['kind']) => all.filter(({ artefact }) => artefact.kind === kind);

/** Checks one object by the schema of its kind; a patch of a Deployment is filled up to a whole one. */
function validate(object: Record<string, unknown>): void {
  switch (object['kind']) {
    case 'ConfigMap':
      new ConfigMap(object).validate();
      return;
    case 'Service':
      new Service(object).validate();
      return;
    case 'ServiceAccount':
      new ServiceAccount(object).validate();
      return;
    case 'DaemonSet':
      new DaemonSet(object).validate();
      return;
    case 'Deployment': {
      const { template } = object['spec'] as { template: { spec: object } };
      const containers = [{ name: 'app', image: 'example:1' }];
      const pod = { metadata: { labels: { app: 'a' } }, spec: { ...template.spec, containers } };
      const spec = { selector: { matchLabels: { app: 'a' } }, template: pod };
      new Deployment({ metadata: { name: 'a' }, spec }).validate();
      return;
    }
    case 'EC2NodeClass':
      expect(object).toMatchObject({
        apiVersion: 'karpenter.k8s.aws/v1',
        spec: { role: expect.any(String) as string },
      });
      return;
    default:
      throw new Error(`no schema for kind '${String(object['kind'])}'`);
  }
}

describe('artefacts', () => {
  it('are there for every remedy that changes a cluster or a node', () => {
    expect(renderable).toEqual([
      'raise-limit',
      'grow-hash',
      'spread-workload',
      'node-local-dns-cache',
      'shorten-timeouts',
      'lower-ndots',
      'trailing-dot',
      'sequential-dns-lookups',
      'dns-over-tcp',
    ]);
    expect(artefactsFor('resize-instance', base)).toEqual([]);
    expect(needsOf('node-local-dns-cache')).toEqual(['dnsAddress']);
  });

  it('have a file name of their own within a remedy, and say how to undo them', () => {
    for (const context of contexts) {
      for (const remedy of renderable) {
        const files = artefactsFor(remedy, context);
        expect(new Set(files.map(({ file }) => file)).size).toBe(files.length);
        for (const file of files)
          expect(file.explains.join(' ')).toMatch(/undo|Undo|not to be applied/);
      }
    }
  });

  it('print YAML that reads back as the same objects, each valid by the schema of its kind', () => {
    for (const { artefact } of ofKind('kubernetes')) {
      const documents = parseAllDocuments(artefactText(artefact));
      expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
      const objects = documents.map((document) => document.toJS() as Record<string, unknown>);
      if (artefact.kind === 'kubernetes') expect(objects).toEqual(artefact.objects);
      objects.forEach(validate);
    }
  });

  it('are refused by the schema when they are damaged', () => {
    const [{ artefact } = { artefact: undefined }] = ofKind('kubernetes').filter(
      ({ artefact: one }) => one.file === 'conntrack-limit-daemonset.yaml',
    );
    if (artefact?.kind !== 'kubernetes') throw new Error('there is no DaemonSet');
    const [daemonSet] = structuredClone(artefact.objects) as [{ spec: { selector?: object } }];
    delete daemonSet.spec.selector;
    expect(() => {
      validate(daemonSet);
    }).toThrow('selector');
  });

  it('print TOML that Bottlerocket reads', () => {
    for (const { remedy, artefact } of ofKind('toml')) {
      const { settings } = parseToml(artefactText(artefact)) as {
        settings: { kernel: { sysctl: Record<string, string> } };
      };
      const wanted =
        remedy === 'raise-limit'
          ? { 'net.netfilter.nf_conntrack_max': '262144' }
          : { 'net.netfilter.nf_conntrack_tcp_timeout_time_wait': '30' };
      expect(settings.kernel.sysctl).toMatchObject(wanted);
    }
  });

  it('print MIME user data that loads the module before it sets the value', () => {
    for (const { artefact } of ofKind('mime')) {
      const text = artefactText(artefact);
      const [, boundary = ''] =
        /^Content-Type: multipart\/mixed; boundary="(.+)"$/m.exec(text) ?? [];
      expect(text.startsWith('MIME-Version: 1.0\n')).toBe(true);
      expect(text.split(`--${boundary}`)).toHaveLength(3);
      expect(text.trimEnd().endsWith(`--${boundary}--`)).toBe(true);
      expect(text.indexOf('modprobe nf_conntrack')).toBeLessThan(text.indexOf('sysctl --system'));
    }
  });
});
