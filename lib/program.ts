/** How people call this program where they read of it: in a report, a mail, a chat. */
export const PROGRAM = 'npx eks-conntrack-auditor';
