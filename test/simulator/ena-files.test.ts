import { describe, expect, it } from 'vitest';
import { enaFiles, enaLinks } from '../../lib/simulator/ena-files.js';
import type { Ena, Machine } from '../../lib/simulator/machine.js';

/** Only what these files are made from. */
function host(ena?: Ena): Machine {
  return { ...(ena && { ena }) } as Machine;
}

const ena: Ena = {
  interfaces: 2,
  exceeded: { conntrack: 3_210, pps: 118 },
  grown: { conntrack: 41 },
  available: 96_000,
};

describe('the statistics of Amazon’s network driver', () => {
  it('are those that ethtool prints, for each interface', () => {
    expect(enaFiles(host(ena))['ethtool/ens5']).toBe(`NIC statistics:
     total_resets: 0
     tx_timeout: 0
     suspend: 0
     resume: 0
     wd_expired: 0
     interface_up: 1
     bw_in_allowance_exceeded: 0
     bw_out_allowance_exceeded: 0
     pps_allowance_exceeded: 118
     conntrack_allowance_exceeded: 3210
     linklocal_allowance_exceeded: 0
     conntrack_allowance_available: 96000
`);
    expect(Object.keys(enaFiles(host(ena)))).toEqual([
      'ethtool/ens5',
      'later/ethtool/ens5',
      'ethtool/ens6',
      'later/ethtool/ens6',
    ]);
  });

  it('count all packets on the first interface, and tell what is left on each', () => {
    const second = enaFiles(host(ena))['ethtool/ens6'];
    expect(second).toContain('conntrack_allowance_exceeded: 0\n');
    expect(second).toContain('conntrack_allowance_available: 96000\n');
  });

  it('have grown on the first interface when they are read again', () => {
    const files = enaFiles(host(ena));
    expect(files['later/ethtool/ens5']).toContain('conntrack_allowance_exceeded: 3251\n');
    expect(files['later/ethtool/ens5']).toContain('pps_allowance_exceeded: 118\n');
    expect(files['later/ethtool/ens6']).toContain('conntrack_allowance_exceeded: 0\n');
  });

  it('do not tell what is left where the driver is too old to', () => {
    const files = enaFiles(host({ interfaces: 1 }));
    expect(files['ethtool/ens5']).toContain('linklocal_allowance_exceeded: 0\n');
    expect(files['ethtool/ens5']).not.toContain('available');
  });

  it('belong to interfaces whose driver is ena', () => {
    expect(enaLinks(host(ena))).toEqual({
      'sys/class/net/ens5/device/driver': '../../../../../bus/pci/drivers/ena',
      'sys/class/net/ens6/device/driver': '../../../../../bus/pci/drivers/ena',
    });
  });

  it('are not there on a host without that driver', () => {
    expect(enaFiles(host())).toEqual({});
    expect(enaLinks(host())).toEqual({});
  });
});
