import { dayMs, hourMs, type Instant, instant, minuteMs, plus, secondMs } from "@loket/kit";
import { describe, expect, it } from "vitest";
import { createBook } from "./book.ts";
import { type Turn, turnsOfSections } from "./cases/index.ts";
import { describe as inWords, toWire } from "./describe.ts";
import { locales, type Rule, remedyIds } from "./rule.ts";
import { allRules } from "./rules/index.ts";
import { bookVersion, decide, ruleById, rulesInForce } from "./terms-book.ts";
import { at, type Differences, optIn, ordinaryAt, ordinarySend, template } from "./testing.ts";
import type { Verdict } from "./verdict.ts";

const midnight = (date: string): Instant => at(`${date}T00:00:00Z`);
const fires = (verdict: Verdict): string[] => verdict.findings.map((finding) => finding.rule.id);

function judge(differences: Differences): Verdict {
  const { request, facts, at: moment } = ordinarySend(differences);
  return decide(request, facts, moment);
}

describe("the shape of the book", () => {
  it("has one rule per id, and ids that say where they belong", () => {
    const ids = allRules.map((rule) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]{2,}(\.[a-z0-9-]+){1,3}$/);
  });

  it.each(allRules.map((rule) => [rule.id, rule] as const))("%s is complete", (_id, rule) => {
    for (const locale of locales) {
      expect(rule.title[locale].length).toBeGreaterThan(3);
      expect(rule.title[locale].length).toBeLessThan(60);
      expect(rule.title[locale]).not.toMatch(/[.!]$/);
      expect(rule.explanation[locale]).toMatch(/^\p{Lu}[^!]*\.$/u);
    }
    expect(new Set(locales.map((locale) => rule.explanation[locale])).size).toBe(locales.length);
    for (const general of rule.specialises ?? []) expect(ruleById(general), general).not.toBeNull();
    expect(rule.versions.length).toBeGreaterThan(0);
    for (const version of rule.versions) {
      expect(version.sources.length).toBeGreaterThan(0);
      expect(version.clause).not.toBe("");
      expect(version.reviewed).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      if (version.from !== null && version.to !== null) {
        expect(midnight(version.from)).toBeLessThan(midnight(version.to));
      }
    }
  });

  it("has no two versions of one rule in force at the same time", () => {
    for (const { id, versions } of allRules) {
      for (const [index, { to }] of versions.entries()) {
        const next = versions[index + 1];
        if (next === undefined) continue;
        if (to === null || next.from === null) throw new Error(`${id} has a version after one without end`);
        expect(midnight(to), id).toBeLessThanOrEqual(midnight(next.from));
      }
    }
  });

  it("uses every remedy there are words for", () => {
    const used = new Set(allRules.flatMap((rule) => rule.versions.flatMap((version) => version.remedies)));
    expect(remedyIds.filter((id) => !used.has(id))).toEqual([]);
  });

  it("changes its version with a rule's data, and only then", () => {
    expect(bookVersion).toMatch(/^\d{4}-\d{2}-\d{2}\.[0-9a-f]{16}$/);
    expect(createBook(allRules).version).toBe(bookVersion);
    const mended = allRules.map((rule, index): Rule => {
      if (index !== 0) return rule;
      return {
        ...rule,
        versions: rule.versions.map((version) => ({ ...version, revision: (version.revision ?? 0) + 1 })),
      };
    });
    expect(createBook(mended).version).not.toBe(bookVersion);
  });

  it("is found by id and by date", () => {
    expect(ruleById("core.opt-out-wins")?.title.nl).toBe("Een afmelding geldt overal");
    expect(ruleById("core.no-such-rule")).toBeNull();
    expect(rulesInForce(instant(0)).every(({ version }) => version.from === null)).toBe(true);
  });
});

describe("every dated version is in force from its first to before its last millisecond", () => {
  const dated = allRules.flatMap((rule) => rule.versions.map((version) => [rule.id, version] as const));

  it.each(dated)("%s", (_id, version) => {
    const has = (moment: Instant): boolean => rulesInForce(moment).some((one) => one.version === version);
    if (version.from !== null) {
      const turn = midnight(version.from);
      expect([has(plus(turn, -1)), has(turn), has(plus(turn, 1))]).toEqual([false, true, true]);
    }
    if (version.to !== null) {
      const turn = midnight(version.to);
      expect([has(plus(turn, -1)), has(turn), has(plus(turn, 1))]).toEqual([true, false, false]);
    }
  });
});

describe("verdicts turn with the book, to the millisecond", () => {
  type Given = (moment: Instant) => Differences;
  const newsletter = { kind: "newsletter", payload: "template", template: template("marketing") } as const;
  const utility = { kind: "transactional", payload: "template", template: template("utility") } as const;
  const code = { kind: "auth", payload: "template", template: template("authentication") } as const;
  const call = { kind: "sales-call", payload: "call" } as const;
  const assistant = { kind: "bot-reply", bot: { escalationOffered: true, assistantIsTheProduct: true } } as const;
  const german = { region: "DE", phone: "+4915112345678" };
  const italian = { region: "IT", phone: "+393401234567" };
  const brazilian = { region: "BR", phone: "+5511987654321" };
  const open = (moment: Instant) => ({ lastInboundAt: plus(moment, -hourMs) });
  const withTemplate =
    (differences: Parameters<typeof template>[1]): Given =>
    () => ({ request: { ...newsletter, template: template("marketing", differences) } });
  const withConsent =
    (differences: Parameters<typeof optIn>[2]): Given =>
    (moment) => ({ request: newsletter, facts: { consents: [optIn("marketing", moment, differences)] } });
  const withContent =
    (content: object): Given =>
    () => ({ request: { content } });
  const unlabelled =
    (region: string): Given =>
    () => ({ request: { ...newsletter, content: {} }, recipient: { region } });
  const newsletterTo =
    (region: string): Given =>
    () => ({ request: newsletter, recipient: { region } });
  const optedOut: Given = (moment) => ({
    request: newsletter,
    facts: { suppressions: [{ purpose: "all", channel: "all", at: plus(moment, -dayMs), source: "link" }] },
  });
  const limitUsedUp: Given = (moment) => {
    const limit = { limit: 250, used: 250, oldestCountedAt: plus(moment, -hourMs) };
    return { request: newsletter, account: { numberLimit: limit, portfolioLimit: limit } };
  };
  const assistantFor =
    (recipient: NonNullable<Differences["recipient"]>, joinedAfterMs: number): Given =>
    (moment) => ({
      request: assistant,
      recipient,
      facts: open(moment),
      account: { joinedPlatformAt: plus(moment, joinedAfterMs) },
    });

  /** "begins" or "ends" on a day, and a send that meets the condition on both sides of it. */
  const turns: readonly Turn[] = [
    ...turnsOfSections,
    [
      "whatsapp.consumer.non-personal-use",
      "begins",
      "2012-07-07",
      () => ({ request: { transport: "consumer-app", payload: "native" } }),
    ],
    ["whatsapp.consumer.unofficial-client", "begins", "2012-07-07", () => ({ request: { transport: "other" } })],
    ["whatsapp.cloud.service-window-24h", "begins", "2018-08-01", () => ({})],
    ["whatsapp.cloud.template-not-approved", "begins", "2018-08-01", withTemplate({ status: "PENDING" })],
    ["whatsapp.cloud.template-rejected", "begins", "2018-08-01", withTemplate({ status: "REJECTED" })],
    ["whatsapp.cloud.template-paused", "begins", "2023-01-01", withTemplate({ status: "PAUSED" })],
    [
      "whatsapp.cloud.template-pacing",
      "begins",
      "2023-10-12",
      withTemplate({ heldForQualityAssessment: true, quality: "UNKNOWN" }),
    ],
    [
      "whatsapp.cloud.template-category-fit",
      "begins",
      "2023-06-01",
      () => ({ request: { ...newsletter, template: template("utility") } }),
    ],
    [
      "whatsapp.cloud.template-misuse-block",
      "begins",
      "2025-04-09",
      (moment) => ({
        request: utility,
        account: { restrictions: [{ scope: "utility-templates", until: plus(moment, dayMs) }] },
      }),
    ],
    ["whatsapp.cloud.template-language", "begins", "2020-04-08", withTemplate({ language: "fr" })],
    ["whatsapp.cloud.template-parameters", "begins", "2018-08-01", withTemplate({ parametersComplete: false })],
    [
      "whatsapp.cloud.auth-template-only-otp",
      "begins",
      "2024-04-01",
      () => ({ request: { ...code, template: template("utility") } }),
    ],
    [
      "whatsapp.cloud.auth-needs-phone-number",
      "begins",
      "2026-05-01",
      () => ({ request: code, recipient: { phone: null, bsuid: "NL.1" } }),
    ],
    [
      "whatsapp.cloud.bsuid-recipient",
      "begins",
      "2026-05-01",
      () => ({ request: newsletter, recipient: { phone: null, bsuid: "NL.1" } }),
    ],
    [
      "whatsapp.cloud.marketing-us-paused",
      "begins",
      "2025-04-01",
      () => ({ request: newsletter, recipient: { region: "US", phone: "+12125550100" } }),
    ],
    [
      "whatsapp.cloud.marketing-per-user-limit",
      "begins",
      "2024-05-23",
      (moment) => ({
        request: newsletter,
        recipient: brazilian,
        sender: { numberCountry: "BR" },
        history: { marketingLimitHitAt: plus(moment, -hourMs) },
      }),
    ],
    [
      "whatsapp.cloud.user-stopped-marketing",
      "begins",
      "2025-01-01",
      (moment) => ({ request: newsletter, history: { marketingStoppedErrorAt: plus(moment, -hourMs) } }),
    ],
    ["whatsapp.cloud.number-messaging-limit", "begins", "2021-01-01", limitUsedUp],
    ["whatsapp.cloud.number-messaging-limit", "ends", "2025-10-07", limitUsedUp],
    ["whatsapp.cloud.portfolio-messaging-limit", "begins", "2025-10-07", limitUsedUp],
    [
      "whatsapp.cloud.pair-rate",
      "begins",
      "2022-04-01",
      (moment) => ({ facts: open(moment), history: { lastSentAt: plus(moment, -secondMs) } }),
    ],
    ["whatsapp.cloud.throughput", "begins", "2022-04-01", () => ({ history: { sentInLastSecond: 80 } })],
    [
      "whatsapp.cloud.account-restricted",
      "begins",
      "2018-08-01",
      () => ({ account: { restrictions: [{ scope: "lock", until: null }] } }),
    ],
    ["whatsapp.cloud.account-disabled", "begins", "2018-08-01", () => ({ account: { disabled: true } })],
    [
      "whatsapp.cloud.no-payment-method",
      "begins",
      "2026-10-01",
      (moment) => ({ facts: open(moment), account: { paymentMethod: false, serviceMessagesThisMonth: 1_000 } }),
    ],
    [
      "whatsapp.cloud.direct-send",
      "begins",
      "2026-07-31",
      () => ({ request: { kind: "transactional", payload: "direct-send", directSendCategory: "utility" } }),
    ],
    ["whatsapp.cloud.on-prem-sunset", "begins", "2025-10-23", () => ({ request: { transport: "on-premises-api" } })],
    [
      "whatsapp.cloud.country-excluded",
      "begins",
      "2018-08-01",
      () => ({ recipient: { region: "UA", subdivision: "UA-43" } }),
    ],
    [
      "whatsapp.cloud.group-eligibility",
      "begins",
      "2025-10-06",
      () => ({ request: { group: { participants: 9, everyoneJoinedByInvite: true } } }),
    ],
    ["whatsapp.cloud.call-permission", "begins", "2025-07-01", () => ({ request: call })],
    [
      "whatsapp.cloud.call-permission", // permanent permissions begin
      "ends",
      "2025-11-03",
      (moment) => ({
        request: call,
        history: { callPermission: { kind: "permanent", grantedAt: plus(moment, -dayMs), revokedAt: null } },
      }),
    ],
    ["whatsapp.policy.opt-in-required", "begins", "2018-01-01", newsletterTo("NL")],
    ["whatsapp.policy.opt-in-form-third-party", "begins", "2018-08-01", withConsent({ thirdPartyForm: false })],
    ["whatsapp.policy.opt-in-form-third-party", "ends", "2020-07-09", withConsent({ thirdPartyForm: false })],
    ["whatsapp.policy.opt-in-form-names-whatsapp", "begins", "2020-07-09", withConsent({ namesChannel: false })],
    ["whatsapp.policy.opt-in-form-names-whatsapp", "ends", "2024-11-01", withConsent({ namesChannel: false })],
    ["whatsapp.policy.purpose-match", "begins", "2018-01-01", withConsent({ purposes: ["transactional"] })],
    ["whatsapp.policy.transactional-only", "begins", "2018-08-01", newsletterTo("NL")],
    ["whatsapp.policy.transactional-only", "ends", "2021-09-15", newsletterTo("NL")],
    ["whatsapp.policy.opt-out-honoured", "begins", "2018-01-01", optedOut],
    ["core.opt-out-wins", "ends", "2018-01-01", optedOut], // told by the WhatsApp rule from then on
    [
      "whatsapp.policy.human-escalation",
      "begins",
      "2020-01-01",
      (moment) => ({ request: { kind: "bot-reply", bot: {} }, facts: open(moment) }),
    ],
    ["whatsapp.policy.sensitive-identifiers", "begins", "2018-01-01", withContent({ sensitiveIdentifiers: true })],
    ["whatsapp.policy.health-information", "begins", "2018-01-01", withContent({ protectedHealthData: true })],
    ["whatsapp.policy.no-impersonation", "begins", "2018-01-01", withContent({ impersonation: true })],
    ["whatsapp.policy.profile-contact", "begins", "2018-01-01", () => ({ sender: { profileHasContact: false } })],
    ["whatsapp.policy.political", "begins", "2018-01-01", () => ({ sender: { kind: "political" } })],
    ["whatsapp.policy.government-needs-partner", "begins", "2022-01-01", () => ({ sender: { kind: "public-body" } })],
    ["whatsapp.terms.ai-provider-primary", "begins", "2025-10-15", assistantFor({}, dayMs)],
    ["whatsapp.terms.ai-provider-primary", "ends", "2025-12-22", assistantFor(italian, -dayMs)],
    ["whatsapp.terms.ai-provider-primary", "ends", "2026-01-13", assistantFor(brazilian, -dayMs)],
    ["whatsapp.terms.ai-provider-primary", "begins", "2026-01-15", assistantFor({}, -1_000 * dayMs)],
    ["whatsapp.terms.ai-provider-primary", "ends", "2026-03-04", assistantFor({}, -dayMs)],
    ["nl.tw117.consent-electronic-messages", "begins", "2004-05-19", newsletterTo("NL")],
    [
      "nl.tw117.consent-electronic-messages",
      "ends",
      "2009-10-01",
      () => ({ request: newsletter, recipient: { kind: "legal", publishedForSuchMessages: true } }),
    ],
    ["nl.tw117.stop-in-each-message", "begins", "2004-05-19", unlabelled("NL")],
    ["nl.tw117.phone-consent", "begins", "2021-07-01", () => ({ request: call })],
    [
      "nl.tw117.phone-consent", // for customers
      "begins",
      "2026-07-01",
      (moment) => ({ request: call, recipient: { lastPurchaseAt: plus(moment, -100 * dayMs) } }),
    ],
    ["de.uwg7.consent-electronic-mail", "begins", "2004-07-08", newsletterTo("DE")],
    ["de.uwg7.identity", "begins", "2004-07-08", unlabelled("DE")],
    [
      "de.doi.practice",
      "begins",
      "2011-02-10",
      (moment) => {
        const { confirmedAt: _never, ...record } = optIn("marketing", moment);
        return { request: newsletter, recipient: german, facts: { consents: [record] } };
      },
    ],
    ["de.uwg7.phone-consent", "begins", "2009-08-04", () => ({ request: call, recipient: german })],
    ["uk.pecr22.consent", "begins", "2003-12-11", newsletterTo("GB")],
    ["uk.pecr23.identity", "begins", "2003-12-11", unlabelled("GB")],
    ["eu.eprivacy.consent-electronic-mail", "begins", "2003-10-31", newsletterTo("FR")],
    ["eu.eprivacy.identity-and-stop-address", "begins", "2003-10-31", unlabelled("FR")],
    [
      "eu.gdpr.consent-proof",
      "begins",
      "2018-05-25",
      (moment) => {
        const { evidenceRef: _lost, ...record } = optIn("marketing", moment);
        return { request: newsletter, facts: { consents: [record] } };
      },
    ],
    ["eu.gdpr.consent-informed", "begins", "2018-05-25", withConsent({ flaws: ["pre-ticked"] })],
    ["eu.gdpr.consent-not-conditional", "begins", "2018-05-25", withConsent({ flaws: ["condition-of-service"] })],
    [
      "eu.gdpr.object-direct-marketing",
      "begins",
      "2018-05-25",
      (moment) => ({
        request: { kind: "marketing" },
        facts: {
          ...open(moment),
          consents: [optIn("marketing", moment)],
          suppressions: [{ purpose: "marketing", channel: "all", at: plus(moment, -2 * hourMs), source: "agent" }],
        },
      }),
    ],
    [
      "eu.aiact.art50-disclosure",
      "begins",
      "2026-08-02",
      (moment) => ({ request: { kind: "bot-reply", bot: {} }, facts: open(moment) }),
    ],
  ];

  it.each(turns)("%s %s on %s", (id, way, date, given) => {
    const turn = midnight(date);
    const differences = given(turn); // the same send on both sides: nothing moves but the book
    const firesAt = (moment: Instant): boolean => fires(judge({ ...differences, at: moment })).includes(id);
    const begins = way === "begins";
    expect([firesAt(plus(turn, -1)), firesAt(turn), firesAt(plus(turn, 1))]).toEqual([!begins, begins, begins]);
  });

  it("are shown above for every date on which a rule can turn one", () => {
    const shown = new Set(turns.map(([id, _way, date]) => `${id} ${date}`));
    const sameAnswer = new Set([
      "uk.pecr22.consent 2026-02-05", // turns on the day a record was made: worked examples V97 and V97+
      "whatsapp.terms.ai-provider-primary 2026-06-09", // the same people are exempt, for another reason
      "whatsapp.policy.restricted-goods 2018-01-01", // told by the rule on the goods in question
      "whatsapp.policy.restricted-goods 2024-08-27",
    ]);
    const unshown = allRules.flatMap(({ id, versions }) =>
      versions
        .filter(({ from, verdict }) => from !== null && verdict !== "note" && verdict !== "allow")
        .map(({ from }) => `${id} ${from}`)
        .filter((key) => !shown.has(key) && !sameAnswer.has(key)),
    );
    expect(unshown).toEqual([]);
  });
});

describe("spans inside a rule are half-open too", () => {
  const newsletter = { kind: "newsletter", payload: "template", template: template("marketing") } as const;

  it("the service window closes at 24 hours and is not open before it begins", () => {
    const outcomeAt = (moment: Instant) => judge({ at: moment, facts: { lastInboundAt: ordinaryAt } }).outcome;
    const closesAt = plus(ordinaryAt, 24 * hourMs);
    expect([outcomeAt(plus(ordinaryAt, -1)), outcomeAt(ordinaryAt)]).toEqual(["refuse", "allow"]);
    expect([outcomeAt(plus(closesAt, -1)), outcomeAt(closesAt)]).toEqual(["allow", "refuse"]);
  });

  it("a restriction ends with its instant", () => {
    const until = plus(ordinaryAt, dayMs);
    const verdictAt = (moment: Instant) =>
      judge({
        at: moment,
        account: { restrictions: [{ scope: "all", until }] },
        facts: { lastInboundAt: plus(moment, -minuteMs) },
      });
    expect(verdictAt(plus(until, -1))).toMatchObject({ outcome: "hold", until });
    expect(verdictAt(until).outcome).toBe("allow");
  });

  it("the monthly cap ends when enough messages are 30 days old", () => {
    const marketingSentAt = [0, 5, 10, 15, 20].map((days) => plus(ordinaryAt, -days * dayMs));
    const verdict = judge({
      request: newsletter,
      history: { marketingSentAt },
      facts: { consents: [optIn("marketing")] },
    });
    // Five were sent and four are allowed: two have to grow old before one fits.
    expect(verdict).toMatchObject({ outcome: "hold", until: plus(ordinaryAt, 15 * dayMs) });
  });

  it("a message to one person waits six seconds, or as long as the platform asked", () => {
    const verdict = (history: NonNullable<Differences["history"]>) =>
      judge({ history, facts: { lastInboundAt: plus(ordinaryAt, -minuteMs) } });
    expect(verdict({ lastSentAt: plus(ordinaryAt, -5_999) }).until).toBe(plus(ordinaryAt, 1));
    expect(verdict({ lastSentAt: plus(ordinaryAt, -6_000) }).outcome).toBe("allow");
    expect(verdict({ lastSentAt: plus(ordinaryAt, -1), burstLeft: 3 }).outcome).toBe("allow");
    expect(verdict({ pairBackoffUntil: plus(ordinaryAt, 4_000) }).until).toBe(plus(ordinaryAt, 4_000));
  });

  it("somebody is a child until the day they turn sixteen", () => {
    const born = (birthDate: string) =>
      fires(judge({ request: newsletter, recipient: { birthDate }, facts: { consents: [optIn("marketing")] } }));
    expect([born("2010-11-11"), born("2010-11-10")]).toEqual([["core.known-minor"], []]);
  });

  it("a book is stale after 90 days without review", () => {
    const notesAt = (moment: Instant) =>
      judge({ at: moment, facts: { lastInboundAt: moment } }).notes.map((note) => note.rule.id);
    const limit = plus(midnight("2026-11-22"), 90 * dayMs);
    expect(notesAt(limit)).not.toContain("core.rulebook-stale");
    expect(notesAt(plus(limit, 1))).toContain("core.rulebook-stale");
  });
});

describe("several findings", () => {
  it("hold until the latest instant, and an event outlasts every instant", () => {
    const newsletter = { kind: "newsletter", payload: "template", template: template("marketing") } as const;
    const restrictions = [{ scope: "all", until: plus(ordinaryAt, 3 * dayMs) }] as const;
    const limited = { limit: 250, used: 250, oldestCountedAt: plus(ordinaryAt, -hourMs) };
    const facts = { consents: [optIn("marketing")] };
    const byInstants = judge({ request: newsletter, account: { restrictions, portfolioLimit: limited }, facts });
    expect(byInstants.until).toBe(plus(ordinaryAt, 3 * dayMs));
    expect(fires(byInstants)).toEqual([
      "whatsapp.cloud.account-restricted",
      "whatsapp.cloud.portfolio-messaging-limit",
    ]);
    const byEvent = judge({ request: newsletter, account: { restrictions, quality: "RED" }, facts });
    expect(byEvent.until).toBe("event:quality-recovered");
  });

  it("keep their changes beside a hold, each change once", () => {
    const verdict = judge({
      request: {
        kind: "newsletter",
        payload: "template",
        template: template("marketing", { status: "PENDING" }),
        content: {},
      },
      facts: { consents: [optIn("marketing")] },
    });
    expect(verdict.outcome).toBe("hold");
    expect(verdict.changes.map((change) => change.kind)).toEqual(["add-stop-path", "add-sender-name"]);
  });

  it("do not swap to a template that has to wait itself", () => {
    const late = { lastInboundAt: plus(ordinaryAt, -2 * dayMs), consents: [optIn("transactional")] };
    const pending = judge({ request: { fallbackTemplate: template("utility", { status: "PENDING" }) }, facts: late });
    expect(pending.outcome).toBe("refuse");
    expect(fires(pending)).toEqual(["whatsapp.cloud.service-window-24h", "whatsapp.cloud.template-not-approved"]);
    const paced = judge({
      request: { fallbackTemplate: template("utility") },
      history: { lastSentAt: plus(ordinaryAt, -secondMs) },
      facts: late,
    });
    expect(paced).toMatchObject({ outcome: "hold", until: plus(ordinaryAt, 5 * secondMs) });
    expect(paced.changes.map((change) => change.kind)).toEqual(["use-fallback-template"]);
  });
});

describe("what is unknown", () => {
  const request = { channel: "whatsapp", transport: "cloud-api", payload: "free-form", kind: "reply" } as const;
  const asked = { lastInboundAt: plus(ordinaryAt, -hourMs) };

  it("holds the send and is named", () => {
    const verdict = decide(request, asked, ordinaryAt);
    expect(verdict).toMatchObject({ outcome: "hold", until: "event:facts-known" });
    expect(toWire(verdict).missing).toContain("account.restrictions");
  });

  it("is a note where somebody only asks what would be", () => {
    const verdict = decide(request, asked, ordinaryAt, { missingFacts: "note" });
    expect(verdict.outcome).toBe("allow");
    expect(toWire(verdict)).toMatchObject({ notes: expect.arrayContaining(["core.facts-missing"]) });
    expect(toWire(verdict).missing).toContain("suppressions");
  });

  it("never counts as permission", () => {
    const verdict = decide(request, {}, ordinaryAt, { missingFacts: "note" });
    expect(fires(verdict)).toEqual(["whatsapp.cloud.service-window-24h", "whatsapp.policy.opt-in-required"]);
  });

  it("of the country is judged by the strictest law", () => {
    const { facts } = ordinarySend({ facts: asked });
    const nowhere = { ...facts, recipient: { phone: null, bsuid: null, birthDate: null } };
    const verdict = decide({ ...request, kind: "marketing" }, nowhere, ordinaryAt);
    expect(fires(verdict)).toContain("de.uwg7.consent-electronic-mail");
    expect(verdict.notes.map((note) => note.rule.id)).toContain("core.region-unknown-strictest");
  });
});

describe("weakly sourced refusals", () => {
  const review = { lowConfidence: "hold-for-review" } as const;

  it("become holds for review where an organisation wants that", () => {
    const { request, facts } = ordinarySend({ sender: { kind: "political" }, facts: { lastInboundAt: ordinaryAt } });
    expect(decide(request, facts, ordinaryAt).outcome).toBe("refuse");
    expect(decide(request, facts, ordinaryAt, review)).toMatchObject({ outcome: "hold", until: "event:reviewed" });
  });

  it("do not hide the strong rule they specialise", () => {
    const { request, facts } = ordinarySend({ request: { kind: "newsletter", channel: "email", transport: "smtp" } });
    const dutch = "nl.tw117.consent-electronic-messages";
    expect(fires(decide(request, facts, ordinaryAt))).toEqual([dutch]);
    expect(fires(decide(request, facts, ordinaryAt, review))).toEqual(["eu.eprivacy.consent-electronic-mail", dutch]);
  });
});

describe("a verdict in words", () => {
  const refused = judge({});

  it.each(locales)("says in %s what happens, why, and what to do", (locale) => {
    const described = inWords(refused, locale);
    expect(described.sentence).toBe(ruleById("whatsapp.cloud.service-window-24h")?.explanation[locale]);
    expect(described.rules[0]?.remedies[0]).toMatchObject({ id: "use-template", label: expect.stringMatching(/./) });
  });

  it("names the event a held message waits for", () => {
    const held = judge({
      request: { kind: "newsletter", payload: "template", template: template("marketing", { status: "PENDING" }) },
      facts: { consents: [optIn("marketing")] },
    });
    expect(inWords(held, "nl").awaits).toBe("tot WhatsApp het sjabloon goedkeurt");
  });

  it("travels in the agreed shape", () => {
    const wire = toWire(refused);
    expect(wire).toMatchObject({
      outcome: "refuse",
      until: null,
      rules: [
        {
          id: "whatsapp.cloud.service-window-24h",
          outcome: "refuse",
          title: "Free text only within 24 hours",
          clause: "customer service window",
          since: "2018-08-01",
          remedies: ["use-template", "wait-for-inbound", "other-consented-channel"],
        },
        { id: "whatsapp.policy.opt-in-required" },
      ],
      notes: [],
    });
    expect(JSON.parse(JSON.stringify(wire))).toEqual(wire);
  });
});

describe("the decisions a person may take back", () => {
  const newsletter = { kind: "newsletter", payload: "template", template: template("marketing") } as const;
  const stopped = {
    purpose: "all",
    channel: "whatsapp",
    at: plus(ordinaryAt, -10 * dayMs),
    source: "keyword",
  } as const;
  const verdict = (differences: Parameters<typeof optIn>[2]) =>
    judge({
      request: newsletter,
      facts: { suppressions: [stopped], consents: [optIn("marketing", ordinaryAt, differences)] },
    });

  it("a later opt-in lifts an opt-out, an earlier or simultaneous one does not", () => {
    expect(fires(verdict({}))).toEqual(["whatsapp.policy.opt-out-honoured"]);
    expect(fires(verdict({ obtainedAt: stopped.at }))).toEqual(["whatsapp.policy.opt-out-honoured"]);
    expect(verdict({ obtainedAt: plus(stopped.at, 1) }).outcome).toBe("allow");
  });

  it("a later opt-in for something else does not", () => {
    const later = { obtainedAt: plus(stopped.at, 1), purposes: ["transactional"] } as const;
    expect(fires(verdict(later))).toContain("whatsapp.policy.opt-out-honoured");
  });

  it("a withdrawn consent is an opt-out, until a new one follows", () => {
    const withdrawn = optIn("marketing", ordinaryAt, { status: "withdrawn", withdrawnAt: plus(ordinaryAt, -dayMs) });
    const withdrawal = judge({ request: newsletter, facts: { consents: [optIn("marketing"), withdrawn] } });
    expect(fires(withdrawal)).toContain("whatsapp.policy.opt-out-honoured");
    const renewed = optIn("marketing", ordinaryAt, { obtainedAt: plus(ordinaryAt, -hourMs) });
    expect(judge({ request: newsletter, facts: { consents: [withdrawn, renewed] } }).outcome).toBe("allow");
  });

  it("an offer in a talk the person reopened is still an offer", () => {
    const facts = { suppressions: [stopped], lastInboundAt: plus(ordinaryAt, -hourMs), consents: [] };
    const brazilian = { region: "BR", phone: "+5511987654321" };
    const offer = judge({ request: { kind: "marketing" }, recipient: brazilian, facts });
    expect(fires(offer)).toEqual(["core.no-offers-after-opt-out"]);
    const wanted = judge({ request: { kind: "marketing", solicited: true }, recipient: brazilian, facts });
    expect(wanted.outcome).toBe("allow");
  });
});
