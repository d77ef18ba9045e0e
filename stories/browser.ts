import { existsSync } from "node:fs";
import { createServer, request as httpRequest, type Server } from "node:http";
import type { Socket } from "node:net";
import { AxeBuilder } from "@axe-core/playwright";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect } from "vitest";
import { type Person, password, type RunningLoket, startLoket, until } from "./support.ts";

/*
 * The desk and the phones as people see them: a real Chromium, found by roles and by the names things have on screen.
 * Nothing sleeps; every step waits for what it needs to see.
 */

const executable = [process.env.CHROMIUM_PATH, "/usr/bin/chromium"].find((path) => path && existsSync(path)) ?? null;

const patienceMs = 15_000;

/** The demo's people who serve customers. */
export const bram = "bram@korenaar.example";
export const sanne = "sanne@korenaar.example";

export interface Stage {
  readonly loket: RunningLoket;
  readonly browser: Browser;
  /** A fresh profile; its faults fail the story, and it is closed after it. */
  visit(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** The desk of this colleague, in English unless said otherwise. */
  desk(email: string, options?: BrowserContextOptions): Promise<Page>;
  /** This person's phone on the sandbox's page, with the chat with the bakery open, or only the list of chats. */
  phone(person: Person, open?: "chat" | "chats"): Promise<Page>;
}

/** Stories on one started Loket with one browser. Where there is no Chromium they are skipped, and say so. */
export function describeOnStage(title: string, stories: (stage: Stage) => void): void {
  const why = executable === null ? " (skipped: there is no Chromium at CHROMIUM_PATH or /usr/bin/chromium)" : "";
  describe.skipIf(executable === null)(`${title}${why}`, () => {
    let loket: RunningLoket;
    let browser: Browser;
    const visits: BrowserContext[] = [];
    const faults: string[] = [];
    const signedIn = new Map<string, Awaited<ReturnType<BrowserContext["storageState"]>>>();

    beforeAll(async () => {
      [loket, browser] = await Promise.all([
        startLoket(),
        chromium.launch({ executablePath: executable ?? "", headless: true, args: chromiumArguments }),
      ]);
    });
    afterAll(async () => {
      await Promise.all([browser?.close(), loket?.close()]);
    });
    afterEach(async ({ task }) => {
      for (const visit of visits.splice(0)) {
        if (task.result?.state === "fail") await tellWhatIsOnScreen(visit);
        await visit.close();
      }
      expect(faults.splice(0)).toEqual([]);
    });

    const visit = async (options: BrowserContextOptions = {}) => {
      const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 }, ...options });
      context.setDefaultTimeout(patienceMs);
      context.on("weberror", (fault) => faults.push(String(fault.error().stack ?? fault.error())));
      visits.push(context);
      return context;
    };
    stories({
      get loket() {
        return loket;
      },
      get browser() {
        return browser;
      },
      visit,
      async desk(email, options = {}) {
        const known = signedIn.get(email);
        const context = await visit({ ...options, ...(known ? { storageState: known } : {}) });
        const page = await context.newPage();
        if (known) await page.goto(`${loket.url}/inbox`);
        else {
          await page.goto(`${loket.url}/login`);
          await page.getByRole("button", { name: "English" }).click();
          await signIn(page, email, password);
        }
        await page.getByRole("status", { name: "Live" }).waitFor();
        if (!known) signedIn.set(email, await context.storageState());
        return page;
      },
      async phone(person, open = "chat") {
        const page = await (await visit()).newPage();
        await page.goto(`${loket.sandboxUrl}/?phones=${person.number}`);
        const phone = page.getByRole("region", { name: `Phone of ${person.name}` });
        await phone.getByRole("heading", { name: "Chats", exact: true }).waitFor();
        if (open === "chat") await openChat(page);
        return page;
      },
    });
  });
}

/** A story that failed shows what somebody would have seen. */
async function tellWhatIsOnScreen(visit: BrowserContext): Promise<void> {
  for (const page of visit.pages()) {
    const seen = await page
      .locator("body")
      .ariaSnapshot({ timeout: 2_000 })
      .catch(() => "The page does not answer.");
    console.error(`On screen at ${page.url()}:\n${seen.slice(-6_000)}`);
  }
}

const chromiumArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function signIn(page: Page, email: string, secret: string): Promise<void> {
  await page.getByRole("textbox", { name: "E-mail" }).fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(secret);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

export async function openChat(phone: Page): Promise<void> {
  await phone.getByRole("button", { name: /Bakkerij De Korenaar/ }).click();
  await phone.getByRole("log", { name: "Bakkerij De Korenaar" }).waitFor();
}

/** Types on the phone and sends with Enter. */
export async function writeOnPhone(phone: Page, words: string): Promise<void> {
  await phone.getByRole("textbox", { name: "Message" }).fill(words);
  await phone.getByRole("textbox", { name: "Message" }).press("Enter");
}

export const rowOf = (desk: Page, person: Person) =>
  desk.getByRole("region", { name: "Conversations" }).getByRole("link", { name: new RegExp(person.name) });
export const threadOf = (desk: Page, person: Person) =>
  desk.getByRole("log", { name: `Conversation with ${person.name}` });
export const fieldOf = (desk: Page, person: Person) => desk.getByRole("textbox", { name: `Write to ${person.name}` });

const hasFocus = (element: Locator) => element.evaluate((one) => one === one.ownerDocument.activeElement);

/** Waits until the keyboard writes here. */
export function inFocus(element: Locator, limitMs = patienceMs): Promise<unknown> {
  return until(() => hasFocus(element), "the keyboard to write here", limitMs);
}
export function outOfFocus(element: Locator): Promise<unknown> {
  return until(async () => !(await hasFocus(element)), "the keyboard to leave");
}

/** Opens the conversation from the list, with the mouse. */
export async function openConversation(desk: Page, person: Person): Promise<void> {
  await rowOf(desk, person).click();
  await threadOf(desk, person).waitFor();
}

/** What keeps people out, seriously or worse: the rule, and where. All rules of accessibility, or only these. */
export async function barriersOn(page: Page, rules: readonly string[] = []): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules.length > 0 ? axe.withRules([...rules]) : axe).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
    );
}

/** Whether the page has to be moved sideways to be read. */
export function isTooWide(page: Page): Promise<boolean> {
  return page.locator("html").evaluate((html) => html.scrollWidth > html.clientWidth);
}

/** A line to the world that can be cut: a proxy between the browser and everything else. */
export interface Line {
  readonly proxy: string;
  cut(): void;
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function layLine(): Promise<Line> {
  const sockets = new Set<Socket>();
  let server: Server;
  let port = 0;
  const open = () =>
    new Promise<void>((resolve) => {
      server = createServer((incoming, outgoing) => {
        const onward = httpRequest(
          incoming.url ?? "",
          { method: incoming.method ?? "GET", headers: incoming.headers },
          (answer) => {
            outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
            answer.pipe(outgoing);
          },
        );
        onward.on("error", () => outgoing.destroy());
        outgoing.on("close", () => onward.destroy());
        incoming.pipe(onward);
      });
      server.on("connection", (socket) => {
        sockets.add(socket);
        socket.on("close", () => sockets.delete(socket));
      });
      server.listen(port, "127.0.0.1", () => {
        const address = server.address();
        port = typeof address === "object" && address ? address.port : 0;
        resolve();
      });
    });
  await open();
  const cut = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return {
    get proxy() {
      return `http://127.0.0.1:${port}`;
    },
    cut,
    mend: open,
    async close() {
      cut();
    },
  };
}
