import { readFileSync } from "node:fs";
import { request } from "node:http";
import { isAbsolute, join } from "node:path";
import { parseArgs } from "node:util";
import type * as contract from "@loket/contract";

const usage = `Use: loket campaign list [--state running]
     loket campaign forecast FILE        what would become of it; FILE as the body of POST /api/v1/campaigns
     loket campaign create FILE          a draft; says its id
     loket campaign show ID [--watch]
     loket campaign start|pause|resume|cancel|approve ID
     loket campaign deliveries ID [--state refused] [--reason RULE-OR-CODE]
Speaks to a running Loket at LOKET_URL with the token LOKET_API_TOKEN. Add --json for what the API answers.`;

interface Asked {
  readonly status: number;
  readonly body: unknown;
}

/**
 * `loket campaign …`: the API of campaigns by hand or from a script. Gives the exit code: 0 done, 1 refused or not
 * there, 2 asked wrongly, 3 nobody answers.
 */
export async function campaignCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  defaultUrl: string,
  say: (line: string) => void,
): Promise<number> {
  const asked = read(args);
  const token = env.LOKET_API_TOKEN;
  if (!asked) {
    say(usage);
    return 2;
  }
  if (!token) {
    say("Set LOKET_API_TOKEN to a token with campaigns:read and, to change anything, campaigns:manage.");
    return 2;
  }
  const { verb, subject, values } = asked;
  const api = (method: string, path: string, body?: unknown) =>
    call(new URL(`/api/v1/${path}`, env.LOKET_URL ?? defaultUrl), method, token, body);
  const tell = (answer: Asked, words: (body: never) => string): number => {
    if (values.json) say(JSON.stringify(answer.body, null, 2));
    else if (answer.status < 300) say(words(answer.body as never));
    else say(problemWords(answer.body as contract.Problem));
    return answer.status < 300 ? 0 : 1;
  };
  try {
    switch (verb) {
      case "list":
        return tell(await api("GET", `campaigns?limit=50${values.state ? `&state=${values.state}` : ""}`), listWords);
      case "forecast": {
        const { senderId, kind, template, audience, startsAt } = fileOf(subject, env);
        return tell(
          await api("POST", "campaigns/forecast", { senderId, kind, template, audience, startsAt }),
          forecastWords,
        );
      }
      case "create":
        return tell(await api("POST", "campaigns", fileOf(subject, env)), campaignWords);
      case "show":
        for (;;) {
          const answer = await api("GET", `campaigns/${subject}`);
          const code = tell(answer, campaignWords);
          const { state } = answer.body as contract.Campaign;
          if (!values.watch || code !== 0 || (state !== "freezing" && state !== "running")) return code;
          await new Promise((resolve) => setTimeout(resolve, 1_000));
        }
      case "deliveries": {
        const filter = new URLSearchParams({ campaignId: subject, limit: "200" });
        if (values.state) filter.set("state", values.state);
        if (values.reason) filter.set("reason", values.reason);
        return tell(await api("GET", `deliveries?${filter}`), deliveryWords);
      }
      default:
        return tell(await api("POST", `campaigns/${subject}/${verb}`), campaignWords);
    }
  } catch (error) {
    say(error instanceof FileProblem ? error.message : `Nobody answers: ${(error as Error).message}`);
    return error instanceof FileProblem ? 2 : 3;
  }
}

const verbs = ["list", "forecast", "create", "show", "start", "pause", "resume", "cancel", "approve", "deliveries"];

function read(args: readonly string[]) {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: "boolean" },
        watch: { type: "boolean" },
        state: { type: "string" },
        reason: { type: "string" },
      },
    });
    const [verb = "", subject = ""] = positionals;
    return verbs.includes(verb) && (verb === "list" || subject) ? { verb, subject, values } : null;
  } catch {
    return null;
  }
}

class FileProblem extends Error {}

/** npm runs us in the repository; names of files are meant from where the person is. */
function fileOf(path: string, env: NodeJS.ProcessEnv): Record<string, unknown> {
  const from = isAbsolute(path) ? path : join(env.INIT_CWD ?? process.cwd(), path);
  try {
    return JSON.parse(readFileSync(from, "utf8"));
  } catch (error) {
    throw new FileProblem(`${path} cannot be read as JSON: ${(error as Error).message}`);
  }
}

function call(url: URL, method: string, token: string, body: unknown): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, ...(body ? { "content-type": "application/json" } : {}) };
    const asking = request(url, { method, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => {
        try {
          resolve({ status: answer.statusCode ?? 0, body: JSON.parse(Buffer.concat(parts).toString("utf8")) });
        } catch (error) {
          reject(error);
        }
      });
    });
    asking.on("error", reject);
    asking.end(body ? JSON.stringify(body) : undefined);
  });
}

function problemWords({ title, detail, action, errors }: contract.Problem): string {
  const fields = (errors ?? []).map(({ path, message }) => `  ${path}: ${message}`);
  return [title, detail, action, ...fields].filter(Boolean).join("\n");
}

function campaignWords(campaign: contract.Campaign): string {
  const { progress: now } = campaign;
  const counts = (
    [
      "waiting",
      "held",
      "underWay",
      "uncertain",
      "accepted",
      "delivered",
      "read",
      "failed",
      "refused",
      "expired",
      "cancelled",
      "excluded",
    ] as const
  ).flatMap((name) => (now[name] > 0 ? [`${name} ${now[name]}`] : []));
  return [
    `${campaign.id}  ${campaign.state}  ${campaign.name}`,
    `  of ${now.audience}: ${counts.join(", ") || "nobody written down yet"}${now.perMinute ? `; ${now.perMinute} in the last minute` : ""}`,
    ...(campaign.brake ? [`  paused (${campaign.brake})${campaign.brakeWords ? `: ${campaign.brakeWords}` : ""}`] : []),
    ...(campaign.waitsUntil ? [`  waits until ${campaign.waitsUntil}: ${campaign.waitsWords ?? ""}`] : []),
  ].join("\n");
}

function listWords({ items }: { items: contract.Campaign[] }): string {
  return items.length === 0 ? "There are no campaigns." : items.map(campaignWords).join("\n");
}

function forecastWords(forecast: contract.CampaignForecast): string {
  return [
    `of ${forecast.audience}: ${forecast.willGo} would go, ${forecast.held} be held, ${forecast.refused} be refused, ${forecast.unreachable} cannot be reached${forecast.judged < forecast.audience ? ` (${forecast.judged} judged for all)` : ""}`,
    `  takes ${forecast.durationSeconds} s, set by the ${forecast.pace.setBy}`,
    ...forecast.problems.map(({ path, message }) => `  ${path}: ${message}`),
    ...forecast.reasons.map(({ count, outcome, ruleId, title }) => `  ${count} ${outcome}: ${title} (${ruleId})`),
  ].join("\n");
}

function deliveryWords({ items, next }: { items: contract.Delivery[]; next: string | null }): string {
  const lines = items.map((one) =>
    [one.reached ?? one.state, one.contact.name, one.verdict?.rules[0]?.id ?? one.failure?.code]
      .filter(Boolean)
      .join("  "),
  );
  return [...lines, ...(next ? ["… and more: the API gives all of them, page by page."] : [])].join("\n") || "Nobody.";
}
