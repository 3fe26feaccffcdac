/** One node that a command leaves out: by Systems Manager, by IAM, or for a reason that is not the node's. */
export interface LeftOut {
  readonly id: string;
  readonly kind: 'refused' | 'denied' | 'unsent';
}

/**
 * Whether IAM refused a command because of a node that it goes to. A refusal of the document is not about a
 * node, and no other node would fare better.
 */
export function isDeniedInstance(error: unknown): error is Error {
  return isDenied(error) && !isOfDocument(error);
}

/** Whether a command was refused because of its document, by IAM or as there is none like it. */
export function isAboutDocument(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return error.name.startsWith('InvalidDocument') || (isDenied(error) && isOfDocument(error));
}

function isDenied(error: unknown): error is Error {
  return error instanceof Error && error.name === 'AccessDeniedException';
}

function isOfDocument({ message }: Error): boolean {
  return message.includes(':document/');
}
