/**
 * Just enough of DNS to answer lookups as CoreDNS answers them: services of the cluster and external
 * names have an A and an AAAA record, and what a search list makes of them has none.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1035#section-4
 */
const HEADER = 12;
const TYPES = {
  1: Buffer.from([192, 0, 2, 1]),
  28: Buffer.from('20010db8000000000000000000000001', 'hex'),
};
const NXDOMAIN = 3;
const SERVICES = ['api.default.svc.cluster.local', 'web.shop.svc.cluster.local'];
const INSIDE = /\.(cluster\.local|internal)$/;

function questionOf(query) {
  const labels = [];
  let at = HEADER;
  for (; query[at] > 0; at += query[at] + 1) {
    labels.push(query.toString('latin1', at + 1, at + 1 + query[at]));
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

export function answerTo(query) {
  const { name, type, end } = questionOf(query);
  const exists = SERVICES.includes(name) || !INSIDE.test(name);
  const data = exists ? TYPES[type] : undefined;
  const header = Buffer.alloc(HEADER);
  header.writeUInt16BE(query.readUInt16BE(0), 0);
  header.writeUInt16BE(0x8180 | (exists ? 0 : NXDOMAIN), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(data === undefined ? 0 : 1, 6);
  const parts = [header, query.subarray(HEADER, end)];
  if (data !== undefined) {
    const record = Buffer.from([0xc0, HEADER, 0, type, 0, 1, 0, 0, 0, 30, 0, data.length]);
    parts.push(record, data);
  }
  return Buffer.concat(parts);
}

/** A question for the A record of a name. */
export function questionFor(name) {
  const labels = name
    .split('.')
    .flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]);
  const header = Buffer.from([0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  return Buffer.concat([header, ...labels, Buffer.from([0, 0, 1, 0, 1])]);
}

/** Over TCP each message follows its length. */
export function framed(message) {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}

/** Gives a listener for `data` that hands on whole messages. */
export function unframed(onMessage) {
  let rest = Buffer.alloc(0);
  return (data) => {
    rest = Buffer.concat([rest, data]);
    while (rest.length >= 2 && rest.length >= 2 + rest.readUInt16BE(0)) {
      const end = 2 + rest.readUInt16BE(0);
      onMessage(rest.subarray(2, end));
      rest = rest.subarray(end);
    }
  };
}
