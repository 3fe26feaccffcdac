import { readSysctl, writeSysctl } from './sysctls.js';

/** Puts the host's settings back when the suite ends, however it ends, and fails where that fails. */
export default function restoreSysctls(): () => void {
  const before = { max: readSysctl('max'), buckets: readSysctl('buckets') };
  const restore = () => {
    writeSysctl('buckets', before.buckets);
    writeSysctl('max', before.max);
  };
  const interrupted = () => {
    restore();
    process.exit(1);
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  return () => {
    restore();
    const after = { max: readSysctl('max'), buckets: readSysctl('buckets') };
    if (after.max !== before.max || after.buckets !== before.buckets) {
      throw new Error(`settings were not restored: ${JSON.stringify({ before, after })}`);
    }
  };
}
