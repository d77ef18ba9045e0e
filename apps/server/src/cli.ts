import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ConfigError, readConfig } from "./config.ts";
import { getJson } from "./get-json.ts";

/** The command line: `npm run loket -- <command>`. */
const repositoryDir = fileURLToPath(new URL("../../../", import.meta.url));
const [command = "help", ...rest] = process.argv.slice(2);

const absent: Readonly<Record<string, string>> = {
  import: "Importing contacts from files is not built yet. One at a time: POST /api/v1/contacts.",
  export: "Exporting is not built yet. What there is can be read over the API.",
  drill: "The exit drill is not built yet.",
};

switch (command) {
  case "start":
    await import("./main.ts");
    break;
  case "doctor":
    process.exit(await examine());
    break;
  case "init":
    await import("./init.ts")
      .then(({ initialise }) => initialise(rest, repositoryDir))
      .catch((error) => {
        console.error(
          error instanceof ConfigError || (error as Error).name === "EmbeddedServerError"
            ? (error as Error).message
            : error,
        );
        process.exitCode = 1;
      });
    break;
  case "judge":
    process.exitCode = await import("@loket/policy/judge-cli").then(({ judgeCommand }) =>
      judgeCommand(rest, console.log, { now: Date.now }),
    );
    break;
  case "campaign": {
    const { host, port } = readConfig(process.env, repositoryDir);
    process.exitCode = await import("./campaign-command.ts").then(({ campaignCommand }) =>
      campaignCommand(rest, process.env, `http://${host}:${port}`, console.log),
    );
    break;
  }
  case "evidence":
    process.exitCode = await import("./evidence/command.ts").then(({ evidenceCommand }) =>
      evidenceCommand(rest, process.env, repositoryDir),
    );
    break;
  case "help":
  case "--help":
    console.log(
      "loket start    starts Loket and, in development, the sandbox\nloket init     makes an organisation and its owner: --name --owner --email [--country NL] [--zone Europe/Amsterdam] [--language nl]\nloket doctor   looks at a running Loket and says what is wrong\nloket judge    says what the terms book makes of a send: FILE or -, [--at …] [--lang nl] [--json] [--strict]\nloket campaign list|forecast|create|show|start|pause|resume|cancel|approve|deliveries …   one message to many\nloket evidence verify FILE [--key FINGERPRINT] [--lang nl] [--json]   checks an evidence pack: 0 valid, 1 invalid, 2 incomplete\nloket evidence put-aside ORGANISATION-ID   makes the signer forget a log that was lost and goes on from an older copy\nNot built yet: import, export, drill",
    );
    break;
  default:
    console.error(absent[command] ?? `There is no command ${[command, ...rest].join(" ")}. Try: npm run loket -- help`);
    process.exit(2);
}

interface Finding {
  readonly well: boolean;
  readonly what: string;
  readonly advice?: string;
}

/** Looks at what can be looked at from outside, and says what to do about each thing that is not well. */
async function examine(): Promise<number> {
  const findings: Finding[] = [];
  try {
    const config = readConfig(process.env, repositoryDir);
    const [major = 0] = process.versions.node.split(".").map(Number);
    findings.push({
      well: major >= 24,
      what: `Node ${process.versions.node}`,
      advice: "Run commands with npm: it brings Node 24 along.",
    });
    findings.push({
      well: existsSync(join(repositoryDir, "apps/web/dist/index.html")),
      what: "the desk is built",
      advice: "npm start builds it.",
    });
    findings.push({
      well: config.databaseUrl !== null || existsSync(join(config.dataDir, "postgres", "PG_VERSION")),
      what: config.databaseUrl ? "the database is your own (DATABASE_URL)" : `the database is in ${config.dataDir}`,
      advice: "npm start makes it.",
    });
    const url = `http://${config.host}:${config.port}`;
    const ready = await getJson(`${url}/readyz`).catch(() => null);
    if (ready === null)
      findings.push({
        well: false,
        what: `nothing answers at ${url}`,
        advice: "Start Loket with npm start, or set LOKET_PORT to where it runs.",
      });
    else {
      const { database, workers, setUp } = ready as { database?: boolean; workers?: boolean; setUp?: boolean };
      findings.push({
        well: database === true,
        what: "the database answers",
        advice: "Is the disk full? Is the database server running?",
      });
      findings.push({
        well: workers === true,
        what: "the workers keep their leases",
        advice: "Look at the log; LOKET_LOG=info says more.",
      });
      findings.push({ well: setUp === true, what: "the first start is finished", advice: "Wait a moment." });
      const { installation } = ready as { installation?: { joined?: boolean; held?: number | null } };
      findings.push({
        well: installation?.joined === true,
        what: "the database is known to be the one of this installation",
        advice: "Wait ten seconds. Then look at the log: others may work on this database with other keys.",
      });
      findings.push({
        well: installation?.held === 0,
        what: installation?.held
          ? `nothing is handed over for ${installation.held} organisation(s): the database was restored, copied, or is another installation's`
          : "nobody has to confirm that messages may leave",
        advice:
          "An owner or admin of each says on the desk what is to become of what waits. docs/reliability.md says when.",
      });
      const { evidence } = ready as { evidence?: { signer?: boolean | null; refused?: number | null } };
      if (evidence?.signer !== null)
        findings.push({
          well: evidence?.signer === true,
          what: "the signer of the evidence ledger runs",
          advice: "Look at the log. Another process may hold its folder (LOKET_SIGNER_DIR).",
        });
      findings.push({
        well: evidence?.refused === 0,
        what: evidence?.refused
          ? `the signer refuses the evidence of ${evidence.refused} organisation(s): the database was rolled back or altered`
          : "the evidence ledger is the one that was signed",
        advice: "Open /standing/evidence, which says what was found, and docs/evidence.md, which says what to do.",
      });
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    findings.push({ well: false, what: error.message });
  }
  for (const { well, what, advice } of findings)
    console.log(`${well ? "well     " : "not well "} ${what}${well || !advice ? "" : `\n          ${advice}`}`);
  const faults = findings.filter(({ well }) => !well).length;
  console.log(`doctor: ${findings.length} things looked at, ${faults} not well`);
  return faults === 0 ? 0 : 1;
}
