/**
 * Delivery: the only road out.
 *
 *   ask            judge, isPaced, mayLeave        what the terms book says about a send, nothing stored
 *   queue          enqueue, release, giveUp        in the transaction of whatever causes the message
 *   work           workLane, takeLanes, keepLanes, releaseLanes
 *   say            verdictInWords                  a kept verdict, in a reader's language
 *   hear           recordStatus                    statuses come home by the inbound road
 */
export type { DeliveryKind, DeliveryState, Progress, SendIntent } from "./delivery.ts";
export { type DispatchPorts, workLane } from "./dispatch.ts";
export { type Enqueued, enqueue, giveUp, type NewDelivery, release } from "./enqueue.ts";
export type { HandOverPorts } from "./hand-over.ts";
export { isPaced, type Judgement, judge, mayLeave } from "./judge.ts";
export { keepLanes, type Lane, releaseDeadLanes, releaseLanes, takeLanes } from "./lanes.ts";
export { recordStatus } from "./statuses.ts";
export { type VerdictInWords, verdictInWords } from "./words.ts";
