import type { Flow } from "./flows.ts";
import { GraphError } from "./graph-error.ts";
import { nextNodeId } from "./identifiers.ts";
import { optionalListAt, textAt } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import type { Account, Body } from "./state.ts";

/** The platform's own code for a flow that the source does not have ("Flows API", migrate flows). */
const notFound = {
  error_code: "4233041",
  error_message: "Flows Migration Error: Flow name not found in source WABA.",
};

/**
 * `POST /{account}/migrate_flows`: copies of the flows of another account of the same portfolio, under the same names; published ones
 * are published. What could not be copied stands in `failed_flows`. `sees` are the accounts of the caller. Error 100 where the
 * other account is none of them.
 */
export function migrateFlows(platform: Platform, account: Account, body: Body, sees: readonly string[]): Body {
  const given = body.source_waba_id;
  const sourceId = typeof given === "number" ? String(given) : textAt(body, "source_waba_id", "");
  const source = platform.state.accounts.get(sourceId);
  if (!source || !sees.includes(sourceId) || source.id === account.id || source.portfolioId !== account.portfolioId)
    throw new GraphError(100, { details: `source_waba_id: ${sourceId} is no other account of your business.` });
  const flows = [...platform.state.flows.values()];
  const own = flows.filter(({ accountId }) => accountId === sourceId);
  const names = optionalListAt(body, "source_flow_names", "")?.map(String) ?? own.map(({ name }) => name);
  const taken = new Set(flows.filter(({ accountId }) => accountId === account.id).map(({ name }) => name));
  const migrated: Body[] = [];
  const failed: Body[] = [];
  for (const name of names) {
    const flow = own.find((one) => one.name === name);
    if (!flow) failed.push({ source_name: name, ...notFound });
    else if (taken.has(name))
      failed.push({ source_name: name, error_code: "100", error_message: "A flow with this name exists already." });
    else {
      taken.add(name);
      migrated.push({ source_name: name, source_id: flow.id, migrated_id: copy(platform, account, flow) });
    }
  }
  return { migrated_flows: migrated, failed_flows: failed };
}

function copy(platform: Platform, account: Account, flow: Flow): string {
  const id = nextNodeId(platform.state, "flow");
  const status = flow.status === "DRAFT" ? ("DRAFT" as const) : ("PUBLISHED" as const);
  const fresh = { id, accountId: account.id, status, updatedAt: platform.now(), sentAt: [] };
  platform.state.flows.set(id, { ...structuredClone(flow), ...fresh });
  return id;
}
