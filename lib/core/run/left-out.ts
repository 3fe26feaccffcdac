/** Why a command was refused as a whole: by Systems Manager, or by IAM. */
export interface Refusal {
  readonly kind: 'refused' | 'denied';
  readonly error: Error;
}

/** One node that a command leaves out. */
export interface LeftOut {
  readonly id: string;
  readonly kind: Refusal['kind'];
}

/**
 * Whether IAM refused a command because of a node that it goes to. A refusal of the document is not about a
 * node, and no other node would fare better.
 */
export function isDeniedInstance(error: unknown): error is Error {
  return (
    error instanceof Error &&
    error.name === 'AccessDeniedException' &&
    !/:document\//.test(error.message)
  );
}
