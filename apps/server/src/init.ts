import { mkdirSync } from "node:fs";
import { connect, type DatabaseAddress, migrate } from "@loket/database";
import { embeddedDatabase, startEmbedded } from "@loket/database/embedded";
import { createIds, type PersonId, systemClock, systemRandom } from "@loket/kit";
import { addMember, createOrganisation, saveInbox } from "@loket/organisations";
import { createAuth } from "./auth.ts";
import { ConfigError, readConfig } from "./config.ts";
import { installationKeys } from "./keys.ts";

/**
 * Makes an organisation and its owner, for an installation without a demo:
 *
 *   npm run loket -- init --name "Cedar Workshop" --owner "Noor de Wit" --email noor@cedar.example \
 *     [--country NL] [--zone Europe/Amsterdam] [--language nl]
 *
 * Loket itself may not be running on the built-in database meanwhile. The owner's first password is printed once.
 */
export async function initialise(words: readonly string[], repositoryDir: string): Promise<void> {
  const given = (name: string, fallback?: string): string => {
    const value = words[words.indexOf(`--${name}`) + 1];
    if (words.includes(`--${name}`) && value && !value.startsWith("--")) return value;
    if (fallback === undefined) throw new ConfigError(`--${name} is missing. See: npm run loket -- help`);
    return fallback;
  };
  const name = given("name");
  const owner = { name: given("owner"), email: given("email") };
  const language = given("language", "en");
  if (language !== "en" && language !== "nl" && language !== "de")
    throw new ConfigError(`--language is ${language}; it can be en, nl or de.`);
  const timeZone = given("zone", Intl.DateTimeFormat().resolvedOptions().timeZone);
  if (!Intl.supportedValuesOf("timeZone").includes(timeZone) && timeZone !== "UTC")
    throw new ConfigError(`--zone is ${timeZone}, which is no time zone; write it like Europe/Amsterdam.`);
  const country = given("country", "NL").toUpperCase();
  if (!/^[A-Z]{2}$/.test(country))
    throw new ConfigError(`--country is ${country}; write it with two letters, like NL.`);

  const config = readConfig(process.env, repositoryDir);
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const server = config.databaseUrl === null ? await startEmbedded({ dataDir: config.dataDir }) : null;
  const address: DatabaseAddress = server
    ? await embeddedDatabase(server)
    : { connectionString: config.databaseUrl ?? "" };
  await migrate(address);
  const app = connect(address, "loket_app");
  const auth = createAuth({ address, secret: installationKeys(config.dataDir).auth, publicUrl: config.publicUrl });
  const ports = { ids: createIds(systemClock, systemRandom), clock: systemClock };
  try {
    const password = Buffer.from(systemRandom.fill(new Uint8Array(12))).toString("base64url");
    const isNew = (await auth.findPerson(owner.email)) === null;
    const personId = (await auth.ensurePerson({ ...owner, password })) as PersonId;
    const id = ports.ids.next<"organisation">();
    await createOrganisation(app, systemClock, {
      id,
      name,
      kind: "business",
      locale: language,
      timeZone,
      homeCountry: country,
    });
    await app.inOrganisation(id, async (tx) => {
      await addMember(tx, ports, { personId, role: "owner" });
      await saveInbox(tx, ports, { name: "Inbox", teamIds: [] });
    });
    console.log(`${name} is there, with an inbox, and ${owner.name} as its owner.`);
    console.log(
      isNew
        ? `  sign in    ${owner.email} / ${password}   (shown once; change it under Settings)`
        : `  sign in    ${owner.email}, with the password that person already has`,
    );
    console.log("  next       start Loket, sign in, and connect a number under Channels");
  } finally {
    await Promise.all([app.close(), auth.close()]);
    await server?.stop();
  }
}
