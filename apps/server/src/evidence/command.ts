import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { logOf } from "@loket/evidence/ledger";
import { putAside } from "@loket/evidence/signer";
import { verifyCommand } from "@loket/evidence/verify-cli";
import { parseId } from "@loket/kit";
import { readConfig } from "../config.ts";

/** `loket evidence …`, needing no Loket that runs. Gives the exit code. */
export async function evidenceCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  repositoryDir: string,
): Promise<number> {
  const [verb, ...rest] = args;
  if (verb === "verify") {
    // npm runs us in the repository; names of files are meant from where the person is.
    const home = env.INIT_CWD;
    const meant = rest.map((arg) => (home && !isAbsolute(arg) && existsSync(join(home, arg)) ? join(home, arg) : arg));
    return verifyCommand(meant, (line) => console.log(line));
  }
  const organisationId = parseId<"organisation">(rest[0]);
  if (verb === "put-aside" && organisationId) {
    const note = putAside(readConfig(env, repositoryDir).signerDir, logOf(organisationId), new Date());
    if (note === null) {
      console.error("The signer remembers nothing of this organisation's log.");
      return 1;
    }
    console.log(
      `Put aside. This is what was last signed; whoever has it, or an earlier mail, can show that the log was replaced:\n\n${note}\nNow open /standing/evidence and say that you have looked.`,
    );
    return 0;
  }
  console.error(
    "Use: loket evidence verify FILE [--key …] [--lang en|nl|de] [--json], or loket evidence put-aside ORGANISATION-ID",
  );
  return 2;
}
