export { connect, type Database, type NewEvent, type Query, type Topic, type Tx } from "./database.ts";
export {
  beatInstallation,
  type Disagreement,
  type Joined,
  type Joining,
  joinInstallation,
  mayHandOver,
  type Place,
} from "./installation.ts";
export { type JobPayload, type JobTask, runJobs } from "./jobs.ts";
export { type DatabaseAddress, migrate, migrationFiles } from "./migrate.ts";
export { dumpSchema } from "./schema.ts";
