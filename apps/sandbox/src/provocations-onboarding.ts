import type { Given } from "./given.ts";
import { jpegOf } from "./given.ts";
import type { Body } from "./platform/state.ts";
import { type Provocation, readAnswer, refused } from "./provoking.ts";

/** What brings about the errors of migrating numbers, of sign-up links, and those told in `health_status`. */

const terms = "https://www.facebook.com/legal/ads-manager-marketing-messages-terms";
const policy = { tos: terms, accepted: true };

/** A sign-up of an account with a number in the United States, where they are offered. */
const signsUp =
  (change: Body, before?: Body): Provocation =>
  async (given) => {
    const wanted = { name: "Crumb & Co", country: "US", displayNumber: "+1 212 555 0101" };
    const { id, token } = (await given.control("POST", "/accounts", wanted)).body;
    const link = {
      display_name: "Buns",
      signup_message: "Fresh buns, once a week.",
      confirmation_message: "Welcome!",
      privacy_policy_url: "https://crumb.example/privacy",
    };
    if (before) await given.graph("POST", `/${id}/signups`, { ...link, ...before }, token);
    return readAnswer(await given.graph("POST", `/${id}/signups`, { ...link, ...change }, token));
  };

async function migrates(given: Given, phoneNumber: string) {
  const { accounts } = (await given.control("GET", "")).body;
  const other = accounts[1];
  const body = { cc: "31", phone_number: phoneNumber, migrate_phone_number: true };
  return readAnswer(await given.graph("POST", `/${other.id}/phone_numbers`, body, other.tokens[0].token));
}

/** The first error in the health of a number, or of the first template with a name. */
const ails =
  (prepare: (given: Given) => Promise<unknown>, template?: string): Provocation =>
  async (given) => {
    await prepare(given);
    const { body } =
      template === undefined
        ? await given.graph("GET", `/${given.number.id}?fields=health_status`)
        : await given.graph("GET", `/${given.accountId}/message_templates?name=${template}&fields=health_status`);
    const { entities } = (body.health_status ?? body.data[0].health_status) as { entities: Body[] };
    const [first] = entities.flatMap(({ errors }) => (errors as { error_code: number }[] | undefined) ?? []);
    return { code: first?.error_code ?? 0 };
  };

/** A group gets a picture of so many pixels. */
const pictures =
  (width: number, height: number): Provocation =>
  async (given) => {
    await given.control("PUT", `/numbers/${given.number.id}`, { officialBusinessAccount: true });
    await given.graph("POST", `/${given.number.id}/groups`, { messaging_product: "whatsapp", subject: "Bakclub" });
    const [{ id }] = (await given.control("GET", "/groups")).body.items;
    return readAnswer(await given.graph("POST", `/${id}`, jpegOf(width, height)));
  };

export const onboardingProvocations: Record<string, Provocation> = {
  "131209": pictures(400, 300),
  "131210": pictures(100, 100),
  "2388001": async (given) => {
    await given.graph("POST", `/${given.number.id}/register`, { messaging_product: "whatsapp", pin: "123456" });
    return migrates(given, given.number.number);
  },
  "2388103": (given) => migrates(given, "31201234567"),
  "2494164": refused("GET", "/signups/840000123"),
  "2494165": refused("POST", "/{account}/signups", {
    display_name: "Broodjes",
    signup_message: "Elke week vers.",
    confirmation_message: "Welkom!",
    privacy_policy_url: "https://korenaar.example/privacy",
    policy,
  }),
  "2494166": signsUp({ policy, confirmation_message: "Welcome! Your code: {{promo_code}}" }),
  "2494167": signsUp({ policy, confirmation_message: "Welcome, {{name}}!" }),
  "2494168": signsUp({}),
  "2494176": signsUp({ policy }, { policy }),
  "2494177": signsUp({ policy: { tos: "https://crumb.example/terms", accepted: true } }),
  "2494179": signsUp({ policy, privacy_policy_url: "http://crumb.example/privacy" }),
  "141000": ails((given) => given.graph("POST", `/${given.number.id}/deregister`, {})),
  "141002": ails(async () => undefined, "easter_preorder"),
  "141006": ails((given) => given.control("PUT", `/accounts/${given.accountId}`, { paymentMethod: false })),
  "141010": ails((given) => given.control("PUT", `/accounts/${given.accountId}`, { verified: false })),
};
