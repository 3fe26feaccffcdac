import { describe, expect, it } from 'vitest';
import { chatMessage } from '../../../lib/core/render/chat.js';
import { openCommand, reportLink } from '../../../lib/core/render/digest-links.js';
import { mailBody } from '../../../lib/core/render/mail.js';
import { runAddress } from '../../../lib/core/text/run-key.js';
import { aDigest, aTransition } from '../../support/a-digest.js';

const location = 's3://shelf/runs/123456789012/us-east-1/20261127T080000Z/';
const links = { page: 'report.html' };
const object = `https://us-east-1.console.aws.amazon.com/s3/object/shelf?prefix=runs/123456789012/us-east-1/20261127T080000Z/`;
const command = `conntrack-auditor open ${location}`;

describe('where the page of a run is', () => {
  it('is an object in the console, and a command', () => {
    const digest = aDigest([], { location, links });
    expect(reportLink(digest)).toBe(`${object}report.html`);
    expect(openCommand(digest, 'conntrack-auditor')).toBe(command);
  });

  it('is not said of a run without a page', () => {
    const digest = aDigest([], { location });
    expect(reportLink(digest)).toBe(`${object}report.json`);
    expect(openCommand(digest, 'x')).toBeUndefined();
  });

  it.each(['run/', 'memory', 's3://shelf/runs/run-7/', `${location}; rm -rf ~`, `${location}x/`])(
    'has no command for %s',
    (elsewhere) => {
      expect(openCommand(aDigest([], { location: elsewhere, links }), 'x')).toBeUndefined();
    },
  );

  it('takes no key that an address would have to escape', () => {
    const hostile = aDigest([], { location, links: { page: 'a b&c' } });
    expect(reportLink(hostile)).toBe(`${object}report.json`);
  });
});

describe('the address of a run', () => {
  it('has the bucket, the account, the Region and the run', () => {
    const run = { bucket: 'shelf', account: '123456789012', region: 'us-east-1' };
    expect(runAddress(location)).toEqual({ ...run, runId: '20261127T080000Z' });
    expect(runAddress(location.slice(0, -1))).toEqual({ ...run, runId: '20261127T080000Z' });
  });

  it.each([
    's3://shelf/runs/12345678901/us-east-1/a/',
    's3://s/runs/123456789012/us-east-1/a/',
    '',
  ])('is not %j', (text) => {
    expect(runAddress(text)).toBeUndefined();
  });
});

describe('a message', () => {
  const told = aDigest([aTransition()], { location, links });

  it('links to the page in mail and in chat, and says how to open it', () => {
    expect(mailBody(told)).toContain(
      `  the whole report  ${location}\n  ${object}report.html\n  ${command}\n`,
    );
    expect(chatMessage(told).content.description).toContain(
      `\n${object}report.html\nIn a terminal: \`${command}\``,
    );
  });

  it('links to nothing where all is made up', () => {
    const test = { ...told, test: true as const };
    expect(mailBody(test)).not.toContain('report.html');
    expect(mailBody(test)).not.toContain(' open s3');
    expect(chatMessage(test).content.description).not.toMatch(/report\.html| open s3/);
  });
});
