import { GraphError, unknownObject } from "./graph-error.ts";
import { listAt, textAt } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import type { Account, Body, Token } from "./state.ts";

/** Somebody who may do something with an account ("WhatsApp Business Account Users" of Meta's description of the API). */
export interface AssignedUser {
  readonly id: string;
  readonly name: string;
  tasks: string[];
}

const tasks = [
  "MANAGE",
  "DEVELOP",
  "MANAGE_TEMPLATES",
  "MANAGE_PHONE",
  "VIEW_COST",
  "MANAGE_EXTENSIONS",
  "VIEW_PHONE_ASSETS",
  "MANAGE_PHONE_ASSETS",
  "VIEW_TEMPLATES",
  "VIEW_INSIGHTS",
  "RECEIVE_INCOMING_MESSAGES",
  "MANAGE_BILLING",
  "MANAGE_USERS",
  "MESSAGING",
  "FULL_CONTROL",
];

export const userOfToken = ({ appId, name }: Token): AssignedUser => ({
  id: `1000${appId.slice(-11)}`,
  name,
  tasks: ["MANAGE"],
});

/** Those the control face named, or the calls below; at first the token's own user. */
export function usersOf(platform: Platform, account: Account, token: Token): AssignedUser[] {
  const { users } = platform.state.records;
  const known = users.get(account.id);
  if (known) return known;
  const first = [userOfToken(token)];
  users.set(account.id, first);
  return first;
}

/** `POST /{account}/assigned_users`: tasks for somebody the business knows. Error 100. */
export function assignUser(platform: Platform, account: Account, token: Token, body: Body): Body {
  const { id, list } = readUser(platform, account, token, body);
  const wanted = listAt(body, "tasks", "").map(String);
  if (wanted.length === 0 || wanted.some((task) => !tasks.includes(task)))
    throw new GraphError(100, { message: `(#100) Param tasks must be of {${tasks.join(", ")}}.` });
  const known = [...platform.state.records.users.values()].flat().find((user) => user.id === id);
  const assigned = list.find((user) => user.id === id);
  if (assigned) assigned.tasks = wanted;
  else if (known) list.push({ ...known, tasks: wanted });
  else throw unknownObject("post", id);
  return { success: true };
}

/** `DELETE /{account}/assigned_users`. Error 100 where the user has nothing to do with the account. */
export function removeUser(platform: Platform, account: Account, token: Token, body: Body): Body {
  const { id, list } = readUser(platform, account, token, body);
  const index = list.findIndex((user) => user.id === id);
  if (index < 0) throw unknownObject("delete", id);
  list.splice(index, 1);
  return { success: true };
}

function readUser(platform: Platform, account: Account, token: Token, body: Body) {
  const id = typeof body.user === "number" ? String(body.user) : textAt(body, "user", "", { min: 1 });
  return { id, list: usersOf(platform, account, token) };
}

export const userFields = ["name", "tasks"];

export function userNode(platform: Platform, account: Account, { id, name, tasks: assigned }: AssignedUser): Body {
  const portfolio = platform.state.portfolios.get(account.portfolioId);
  return {
    id,
    name,
    tasks: assigned,
    business: { id: account.portfolioId, name: portfolio?.name ?? account.name },
    user_type: "SYSTEM_USER",
  };
}
