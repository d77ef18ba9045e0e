import { reviewWhenDue } from "../account-review.ts";
import { leaveUnusedApp } from "../app-connection.ts";
import type { Platform } from "../platform.ts";
import { fail, processLater } from "../progress.ts";
import { changeCategory, findCategory } from "./category.ts";
import { demandEnds } from "./claims.ts";
import { reviewConsumer } from "./consumer.ts";
import { banWhenDue, decideAppeal, liftRestrictions } from "./enforcement.ts";
import { raiseLimit, upgradeThroughput } from "./messaging-limit.ts";
import { judgeNumberAgain } from "./number-quality.ts";
import { judgePacing, type PacingEnd } from "./pacing.ts";
import { judgePortfolio } from "./portfolio-pacing.ts";
import type { RuleTask } from "./rules-state.ts";
import { judgeTemplateAgain } from "./template-quality.ts";

type Runs = {
  readonly [Name in RuleTask["rule"]]: (platform: Platform, task: Extract<RuleTask, { rule: Name }>) => void;
};

const pacingEnd = (platform: Platform): PacingEnd => ({
  release: (message) => processLater(platform, message),
  drop: (message, failure) => fail(platform, message, failure),
});

const runs: Runs = {
  "raise-limit": (platform, { numberId, from }) => raiseLimit(platform, numberId, from),
  "upgrade-throughput": (platform, { numberId }) => upgradeThroughput(platform, numberId),
  "judge-template": (platform, { templateId }) => judgeTemplateAgain(platform, templateId),
  "judge-pacing": (platform, { templateId }) => judgePacing(platform, templateId, pacingEnd(platform)),
  "judge-portfolio": (platform, { portfolioId }) => judgePortfolio(platform, portfolioId, pacingEnd(platform)),
  "find-category": (platform, { templateId }) => findCategory(platform, templateId),
  "change-category": (platform, { templateId }) => changeCategory(platform, templateId),
  "judge-number": (platform, { numberId }) => judgeNumberAgain(platform, numberId),
  "lift-restrictions": (platform, { accountId }) => liftRestrictions(platform, accountId),
  ban: (platform, { accountId, strikeAt }) => banWhenDue(platform, accountId, strikeAt),
  "decide-appeal": (platform, { accountId }) => decideAppeal(platform, accountId),
  "review-account": (platform, { accountId, outcome }) => reviewWhenDue(platform, accountId, outcome),
  "review-consumer": (platform, { number }) => reviewConsumer(platform, number),
  "leave-unused-app": (platform, { numberId, since }) => leaveUnusedApp(platform, numberId, since),
  "demand-ends": (platform, { demandId }) => demandEnds(platform, demandId),
};

/** Carries out what a rule planned, at its hour. */
export function runRule(platform: Platform, task: RuleTask): void {
  runs[task.rule](platform, task as never);
}
