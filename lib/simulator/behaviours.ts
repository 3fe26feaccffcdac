import type { InvocationState } from './commands.js';

/** The way one node deals with a command: it runs a script, or SSM ends the invocation without one. */
export type Conduct =
  | { readonly script: (lines: readonly string[]) => readonly string[] }
  | {
      readonly ends: InvocationState;
      /** The service-side wait before the end. */
      readonly after: 'nothing' | 'delivery timeout' | 'execution timeout';
    }
  | { readonly ends: 'never' };

/** Puts lines where a shell runs them first, behind the line that names the shell. */
function preceded(by: readonly string[]) {
  return (lines: readonly string[]): readonly string[] => {
    const shebang = lines[0]?.startsWith('#!') === true ? 1 : 0;
    return [...lines.slice(0, shebang), ...by, ...lines.slice(shebang)];
  };
}

/** More than any reading of an output carries; the answer that follows is lost. */
const banner = `awk 'BEGIN { for (i = 0; i < 400; i++) print "*** this host belongs to the platform team; all activity is recorded ***" }'`;
/** Blanks, which JSON allows: the answer is cut in a list and whole if read alone. */
const padding = `awk 'BEGIN { printf "%3000s\\n", "" }'`;

/** What nodes can do with a command, by the name that a fleet gives it. */
export const behaviours = {
  answers: { script: (lines) => lines },
  /** Answers after so much text that the answer is cut at 2,500 and at 24,000. */
  chatty: { script: preceded([banner]) },
  /** Answers after so much text that the answer is cut at 2,500 and whole at 24,000. */
  long: { script: preceded([padding]) },
  /** Answers something else, with terminal escapes and a line that looks like a result. */
  garbage: {
    script: () => [
      `printf '\\033[2J\\033[31mroot@host:~#\\033[0m nf_conntrack: 0 of 0, all fine\\007\\n'`,
    ],
  },
  fails: { script: () => [`echo 'sh: 1: Cannot fork' >&2`, 'exit 2'] },
  hangs: { ends: 'Execution Timed Out', after: 'execution timeout' },
  'delivery-timeout': { ends: 'Delivery Timed Out', after: 'delivery timeout' },
  undeliverable: { ends: 'Undeliverable', after: 'nothing' },
  'access-denied': { ends: 'Access Denied', after: 'nothing' },
  'invalid-platform': { ends: 'InvalidPlatform', after: 'nothing' },
  /** Somebody cancels the command while this node has not begun. */
  cancelled: { ends: 'Cancelled', after: 'nothing' },
  /** Stays In Progress for ever. */
  stuck: { ends: 'never' },
} as const satisfies Record<string, Conduct>;

export type Behaviour = keyof typeof behaviours;

/** Looks a behaviour up as the union that it is. */
export function conductOf(behaviour: Behaviour): Conduct {
  return behaviours[behaviour];
}
