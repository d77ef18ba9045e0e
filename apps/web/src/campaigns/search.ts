import type { CampaignState, Delivery } from "@loket/contract";

/* What the addresses of these pages may say; what they say wrongly is left out. */

export const states = [
  "draft",
  "freezing",
  "running",
  "paused",
  "done",
  "cancelled",
] as const satisfies readonly CampaignState[];

export interface CampaignsSearch {
  readonly state?: CampaignState;
}

export function parseCampaignsSearch(raw: Record<string, unknown>): CampaignsSearch {
  const state = states.find((one) => one === raw.state);
  return state ? { state } : {};
}

export const deliveryStates = [
  "queued",
  "held",
  "handing-over",
  "uncertain",
  "accepted",
  "refused",
  "expired",
  "cancelled",
  "excluded",
] as const satisfies readonly Delivery["state"][];
export const reachedStates = ["delivered", "read", "failed"] as const satisfies readonly Delivery["reached"][];

export interface DeliveryFilter {
  readonly state?: Delivery["state"];
  readonly reached?: (typeof reachedStates)[number];
  readonly reason?: string;
}

export function parseDeliveryFilter(raw: Record<string, unknown>): DeliveryFilter {
  const state = deliveryStates.find((one) => one === raw.state);
  const reached = reachedStates.find((one) => one === raw.reached);
  // A number stands in the address without quotes and is read as one: the platform's codes are numbers.
  const reason = typeof raw.reason === "number" ? String(raw.reason) : raw.reason;
  return {
    ...(state ? { state } : {}),
    ...(reached ? { reached } : {}),
    ...(typeof reason === "string" && reason !== "" && reason.length <= 120 ? { reason } : {}),
  };
}
