import { hourMs, plus } from "@loket/kit";
import { all, any, is, named, not, unknown, yes } from "./condition.ts";
import { need, type Row } from "./row.ts";
import { by, category, endOf, messages, of, restriction, windowClosed } from "./whatsapp.ts";

/** The Business Platform: the window, templates, and how a person is addressed. */

const status = (...names: string[]) => is("request.template.status", ...names);

const utility = any(
  all(is("request.payload", "template"), category("utility")),
  all(is("request.payload", "direct-send"), is("request.directSendCategory", "utility")),
);

/** Kinds that are about the person's own matter unless the author says otherwise. */
const aboutThePerson = is(
  "request.kind",
  "transactional",
  "auth",
  "reply",
  "bot-reply",
  "doi-confirmation",
  "opt-out-confirmation",
);

const specific = any(yes("request.content.specific"), all(unknown("request.content.specific"), aboutThePerson));

export const templateRows: readonly Row[] = [
  {
    rule: "whatsapp.cloud.service-window-24h",
    since: "2018-08-01",
    outcome: "refuse",
    where: by("free-form"),
    when: windowClosed,
    /** The form a free text would be swapped to; what stands against that form is told with it. */
    swap: ({ request: { fallbackTemplate, ...rest } }) =>
      fallbackTemplate === undefined ? null : { ...rest, payload: "template", template: fallbackTemplate },
    fits: ({ request: { fallbackTemplate, kind }, marketing }) =>
      fallbackTemplate?.status === "APPROVED" &&
      fallbackTemplate.category === (marketing ? "marketing" : kind === "auth" ? "authentication" : "utility"),
  },
  {
    rule: "whatsapp.cloud.template-not-approved",
    since: "2018-08-01",
    outcome: "hold",
    where: by("template"),
    when: status("PENDING", "IN_APPEAL"),
    waits: () => "event:template-approved",
  },
  {
    rule: "whatsapp.cloud.template-rejected",
    since: "2018-08-01",
    outcome: "refuse",
    where: by("template"),
    when: any(status("REJECTED", "DISABLED", "DELETED"), unknown("request.template")),
  },
  {
    rule: "whatsapp.cloud.template-paused",
    since: "2023-01-01",
    outcome: "hold",
    weak: true,
    where: by("template"),
    when: status("PAUSED"),
    waits: ({ request, at }) => {
      const { pausedAt, pauseCount } = request.template ?? {};
      if (pausedAt === undefined) return "event:pause-lifted";
      const ends = plus(pausedAt, (pauseCount === 1 ? 3 : 6) * hourMs);
      return ends > at ? ends : "event:pause-lifted";
    },
  },
  {
    rule: "whatsapp.cloud.template-pacing",
    since: "2023-10-12",
    outcome: "hold",
    weak: true,
    where: by("template"),
    when: all(yes("request.template.heldForQualityAssessment"), not(is("request.template.quality", "GREEN"))),
    waits: () => "event:pacing-released",
  },
  {
    rule: "whatsapp.cloud.template-category-fit",
    since: "2023-06-01",
    outcome: "refuse",
    where: by("template", "direct-send"),
    when: all(utility, any(yes("send.marketing"), not(specific))),
  },
  {
    rule: "whatsapp.cloud.template-misuse-block",
    since: "2025-04-09",
    outcome: "hold",
    weak: true,
    where: by("template"),
    when: all(
      category("utility"),
      named("utility templates blocked", (send) => restriction(send, "utility-templates").length > 0),
    ),
    waits: (send) => endOf(restriction(send, "utility-templates"), send),
    needs: [need("account.restrictions", category("utility"))],
  },
  {
    rule: "whatsapp.cloud.template-language",
    since: "2020-04-08",
    outcome: "refuse",
    where: by("template"),
    when: named(
      "no approved translation",
      // Nobody asked for a language: then no translation is the one asked for.
      ({ request: { template } }) =>
        template?.approvedLanguages !== undefined &&
        (template.language === undefined || !template.approvedLanguages.includes(template.language)),
    ),
    turns: ({ request: { template }, facts }) =>
      template?.defaultLanguage !== undefined &&
      template.approvedLanguages?.includes(template.defaultLanguage) === true &&
      facts.recipient?.languages?.includes(template.defaultLanguage) === true
        ? "change"
        : "refuse",
  },
  {
    rule: "whatsapp.cloud.template-parameters",
    since: "2018-08-01",
    outcome: "refuse",
    weak: true,
    where: by("template"),
    when: is("request.template.parametersComplete", false),
  },
  {
    rule: "whatsapp.cloud.auth-template-only-otp",
    since: "2024-04-01",
    outcome: "refuse",
    where: of("auth"),
    when: not(
      all(
        is("request.payload", "template"),
        category("authentication"),
        yes("request.template.otpButton"),
        // Links and long parameters are wrong where they are; what nobody says of a template is in order.
        not(is("request.template.plainBody", false)),
        named("at most 15 characters", ({ request }) => (request.template?.longestParameter ?? 0) <= 15),
      ),
    ),
  },
  {
    rule: "whatsapp.cloud.auth-needs-phone-number",
    since: "2026-05-01",
    outcome: "refuse",
    where: of("auth"),
    when: not(named("number known", ({ facts }) => facts.recipient?.phone != null)),
  },
  {
    rule: "whatsapp.cloud.bsuid-recipient",
    since: "2026-05-01",
    outcome: "change",
    where: messages,
    when: all(
      not(is("request.kind", "auth")),
      named("only the id is known", ({ facts }) => facts.recipient?.bsuid != null && facts.recipient.phone == null),
    ),
  },
];
