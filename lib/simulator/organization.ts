import type { SimulatedFleet } from './fleet.js';

/** How AWS calls what may become of an account. */
export type AccountState =
  'PENDING_ACTIVATION' | 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE' | 'CLOSED';

/** One account beside that of the caller, and what it holds. */
export interface SimulatedMember {
  /** Twelve digits. */
  readonly id: string;
  /** The name that the organization has for it. */
  readonly name: string;
  /** The organizational unit, or the root, that it stands in. */
  readonly unit: string;
  /** @default 'ACTIVE' */
  readonly state?: AccountState;
  /** Its own name of itself, as IAM has it. Absent: it has none. */
  readonly alias?: string;
  /** The role that the caller may assume. Absent: there is none. */
  readonly role?: {
    /** With its path, without a slash before it: `audit/Reader`. */
    readonly name: string;
    /** What its trust asks for. Absent: nothing. */
    readonly externalId?: string;
  };
  /** Actions that are throttled, each try of them. Absent: none. */
  readonly throttled?: readonly string[];
  /** Actions that its role may not do. Absent: none. */
  readonly denied?: readonly string[];
  /** What each Region holds. A Region that is not named holds nothing. */
  readonly fleets: Readonly<Record<string, SimulatedFleet>>;
}

/** The organization whose management account is that of the caller. */
export interface SimulatedOrganization {
  /** `r-` and more. */
  readonly root: string;
  /** Organizational unit -> the unit or root that it stands in. */
  readonly units: Readonly<Record<string, string>>;
  /** Regions that every account has enabled. */
  readonly regions: readonly string[];
  readonly members: readonly SimulatedMember[];
}
