import type { Platform } from "../platform.ts";
import { raiseLimit, upgradeThroughput } from "./messaging-limit.ts";
import type { RuleTask } from "./rules-state.ts";

type Runs = {
  readonly [Name in RuleTask["rule"]]: (platform: Platform, task: Extract<RuleTask, { rule: Name }>) => void;
};

const runs: Runs = {
  "raise-limit": (platform, { numberId, from }) => raiseLimit(platform, numberId, from),
  "upgrade-throughput": (platform, { numberId }) => upgradeThroughput(platform, numberId),
};

/** Carries out what a rule planned, at its hour. */
export function runRule(platform: Platform, task: RuleTask): void {
  runs[task.rule](platform, task as never);
}
