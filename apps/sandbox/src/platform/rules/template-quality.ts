import type { Instant } from "@loket/kit";
import type { Tally } from "./tally.ts";

export interface TemplateRecord {
  readonly tally: Tally;
  lastDeliveredAt: Instant;
}
