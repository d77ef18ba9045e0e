import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeOnStage, openConversation, writeOnPhone } from "./browser.ts";
import { isAlive, ownDirectory, repositoryDir, until } from "./support.ts";

/*
 * An evidence pack in the hands of somebody who trusts nobody: made on the page, checked by the command and by the page,
 * and found out when one byte of it is another.
 */

const owner = "eva@korenaar.example";

/** `loket evidence verify FILE`, which needs no Loket that runs. */
function verifyByCommand(file: string): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [
        "--disable-warning=ExperimentalWarning",
        join(repositoryDir, "apps/server/src/cli.ts"),
        "evidence",
        "verify",
        file,
      ],
      (error, stdout) => resolve({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, said: stdout }),
    );
  });
}

async function verifyOnPage(page: Page, url: string, file: string, fingerprint: string): Promise<string> {
  await page.goto(`${url}/verify`);
  await page.getByLabel(/Fingerprint/).fill(fingerprint);
  await page.getByLabel(/Drop the pack here/).setInputFiles(file);
  const verdict = page.locator("#verdict");
  await verdict.waitFor();
  return ((await verdict.textContent()) ?? "").trim();
}

describeOnStage("evidence", (stage) => {
  it("is a pack anybody can check, and no other one", async () => {
    const sam = await stage.loket.newPerson("Sam de Groot");
    const phone = await stage.phone(sam);
    await writeOnPhone(phone, "Graag de nieuwsbrief. En: zit er pinda in de speculaas?");
    const desk = await stage.desk(owner, { acceptDownloads: true });
    await openConversation(desk, sam);

    await desk.getByRole("button", { name: "Evidence pack", exact: true }).click();
    const dialogue = desk.getByRole("dialog", { name: "Make a pack" });
    await dialogue.getByRole("radio", { name: "A person" }).waitFor();
    expect(await dialogue.getByRole("radio", { name: "A person" }).isChecked()).toBe(true);
    await until(
      async () => /Sam de Groot/.test(await dialogue.getByRole("combobox", { name: "Which person" }).inputValue()),
      "the person to be chosen already",
    );
    await dialogue.getByRole("button", { name: "Make it" }).click();
    const row = desk.getByRole("listitem").filter({ hasText: "Everything about Sam de Groot" });
    const [download] = await Promise.all([
      desk.waitForEvent("download", { timeout: 60_000 }),
      row.getByRole("link", { name: "Download" }).click({ timeout: 60_000 }),
    ]);
    const folder = ownDirectory("pack");
    const file = join(folder.path, download.suggestedFilename());
    expect(download.suggestedFilename()).toMatch(/^evidence-person-.*\.zip$/);
    await download.saveAs(file);
    const fingerprint =
      (await desk
        .locator("dd > code")
        .filter({ hasText: /^([0-9a-f]{4} ){15}/ })
        .first()
        .textContent()) ?? "";

    const changed = join(folder.path, "changed.zip");
    const bytes = readFileSync(file);
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 0x20;
    writeFileSync(changed, bytes);

    expect(await verifyByCommand(file)).toMatchObject({ code: 0, said: expect.stringContaining("VALID") });
    expect(await verifyByCommand(changed)).toMatchObject({ code: 1, said: expect.stringContaining("INVALID") });

    const stranger = await (await stage.visit()).newPage();
    expect(await verifyOnPage(stranger, stage.loket.url, file, fingerprint)).toMatch(/^Valid:/);
    expect(await verifyOnPage(stranger, stage.loket.url, changed, fingerprint)).toMatch(/^Not valid:/);
    const { length } = fingerprint;
    const other = `${fingerprint.slice(0, length - 1)}${fingerprint.endsWith("0") ? "1" : "0"}`;
    expect(await verifyOnPage(stranger, stage.loket.url, file, other)).toMatch(/^Not valid:/);
    folder.remove();
  });

  it("leaves no signer behind when Loket is killed", async () => {
    const folder = join(stage.loket.place.dataDir, "signer");
    const pid = Number(readFileSync(join(folder, "lock"), "utf8").split(" ")[0]);
    expect(isAlive(pid)).toBe(true);
    await stage.loket.end("SIGKILL");
    await until(() => !isAlive(pid), "the signer to end");
  });
});
