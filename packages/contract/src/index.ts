export * from "./common.ts";
export * from "./consents.ts";
export * from "./contacts.ts";
export * from "./conversations.ts";
export * from "./events.ts";
export * from "./organisations.ts";
export * from "./standing.ts";
export * from "./verdicts.ts";
