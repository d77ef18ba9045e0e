import type { InboxId, OrganisationId, SenderId } from "@loket/kit";
import type { Ports } from "../ports.ts";
import type { DemoOrganisation } from "./world.ts";

export interface HistoryTarget {
  readonly organisationId: OrganisationId;
  readonly organisation: DemoOrganisation;
  readonly senderId: SenderId;
  readonly inboxId: InboxId;
  /** The platform's id of the number. */
  readonly numberId: string;
  readonly sandboxUrl: string;
}

export async function seedHistory(_ports: Ports, _target: HistoryTarget): Promise<void> {}
