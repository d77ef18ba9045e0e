/**
 * Delivery: the only road out.
 *
 *   ask            judge, judgeAll, isPaced, mayLeave        what the terms book says about a send, nothing stored
 *   queue          enqueue, enqueueBatch, writeOff, release, lookAgain, giveUp   in the transaction of whatever causes the message
 *   work           workLane, takeLanes, keepLanes, releaseLanes
 *   say            verdictInWords, listDecisions, readDecision     kept verdicts, in a reader's language
 *   tighten        addOwnRule, endOwnRule, listOwnRules, requestOverride, decideOverride, listOverrides
 *   rehearse       rejudge, countDecisions          the past with other rules, without effect
 *   forget         forgetSends
 *   call off       callOffWaiting
 *   hear           recordStatuses                  statuses come home by the inbound road
 */
export type { Brake, PauseReason } from "./brake.ts";
export { callOffWaiting } from "./call-off.ts";
export { type Decision, listDecisions, readDecision } from "./decisions.ts";
export type { DeliveryKind, DeliveryState, Progress, SendIntent } from "./delivery.ts";
export { type DispatchPorts, workLane } from "./dispatch.ts";
export {
  type Enqueued,
  type EnqueuePorts,
  enqueue,
  enqueueBatch,
  giveUp,
  lookAgain,
  type NewBatch,
  type NewDelivery,
  release,
  writeOff,
} from "./enqueue.ts";
export { forgetSends } from "./forget.ts";
export type { HandOverPorts } from "./hand-over.ts";
export { isPaced, type Judgement, judge, judgeAll, mayLeave } from "./judge.ts";
export { keepLanes, type Lane, releaseDeadLanes, releaseLanes, takeLanes } from "./lanes.ts";
export {
  addOwnRule,
  decideOverride,
  endOwnRule,
  listOverrides,
  listOwnRules,
  type OwnRule,
  requestOverride,
} from "./own-rules.ts";
export { countDecisions, type Edition, editionInForce, type Rejudged, rejudge } from "./shadow.ts";
export { recordStatuses, type StatusChanged } from "./statuses.ts";
export { type OwnRuleRow, ownRulesOf, strictnessOf } from "./strictness.ts";
export { type VerdictInWords, verdictInWords } from "./words.ts";
