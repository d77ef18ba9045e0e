import type { Kernel } from "./kernel.ts";

/**
 * What goes wrong in a run. Each seed draws a random subset with random strengths, so that rare combinations come up:
 * a run with everything at once finds less than many runs with a few things each.
 */
export interface Faults {
  /** Of a process, at each thing it asks of the world. */
  readonly killBefore: number;
  readonly killAfter: number;
  readonly stall: number;
  /** The commit's answer is lost, or the connection before it. */
  readonly lostBeforeCommit: number;
  readonly lostAfterCommit: number;
  readonly lostWake: number;
  /** The line to the platform. */
  readonly refused: number;
  readonly answerLost: number;
  readonly brokenAnswer: number;
  readonly throttled: number;
  readonly slowAnswer: number;
  /** The line from the platform. */
  readonly webhookDelayMs: number;
  readonly webhookTwice: number;
  readonly webhookLostAnswer: number;
  /** Of the updates, how many change places with the next. */
  readonly webhookDisorder: number;
  /** Nothing comes in for a while, from time to time. */
  readonly inletOutages: number;
  readonly platformOutages: number;
  readonly databaseOutages: number;
  readonly clockJumps: number;
}

export const noFaults: Faults = {
  killBefore: 0,
  killAfter: 0,
  stall: 0,
  lostBeforeCommit: 0,
  lostAfterCommit: 0,
  lostWake: 0,
  refused: 0,
  answerLost: 0,
  brokenAnswer: 0,
  throttled: 0,
  slowAnswer: 0,
  webhookDelayMs: 50,
  webhookTwice: 0,
  webhookLostAnswer: 0,
  webhookDisorder: 0,
  inletOutages: 0,
  platformOutages: 0,
  databaseOutages: 0,
  clockJumps: 0,
};

export function drawFaults(kernel: Kernel): Faults {
  const share = (most: number): number => (kernel.chance(0.5) ? kernel.random.fraction() * most : 0);
  const count = (most: number): number => (kernel.chance(0.4) ? kernel.between(1, most) : 0);
  return {
    killBefore: share(0.01),
    killAfter: share(0.01),
    stall: share(0.01),
    lostBeforeCommit: share(0.02),
    lostAfterCommit: share(0.05),
    lostWake: share(0.5),
    refused: share(0.1),
    answerLost: share(0.2),
    brokenAnswer: share(0.1),
    throttled: share(0.2),
    slowAnswer: share(0.1),
    webhookDelayMs: kernel.chance(0.5) ? kernel.between(100, 60_000) : 50,
    webhookTwice: share(0.4),
    webhookLostAnswer: share(0.2),
    webhookDisorder: share(0.3),
    inletOutages: count(3),
    platformOutages: count(2),
    databaseOutages: count(2),
    clockJumps: count(2),
  };
}
