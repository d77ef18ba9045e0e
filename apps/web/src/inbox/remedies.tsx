import type { Verdict } from "@loket/contract";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

type Remedy = Verdict["rules"][number]["remedies"][number];

/** What the desk can do about a refusal. A remedy that is not in here is advice, and shown as words. */
export interface RemedyActs {
  chooseTemplate: () => void;
  recordConsent: () => void;
  waitUntil: (until: Date) => void;
  /** Puts the question for consent into the composer, or lets it be recorded where no question can go out now. */
  askConsent: () => void;
  /** Where else the person agreed to hear from us, by name. */
  agreedChannels: readonly string[];
  /** Whom it is about, for what is asked of others. */
  contactId?: string | undefined;
}

const askRemedies = ["ask-consent", "separate-marketing-opt-in", "reconfirm"];
const recordRemedies = ["attach-evidence", "double-opt-in", "new-wording"];

/** A remedy as a button that really does it; `null` where only a person can. */
export function remedyButton(acts: RemedyActs, verdict: Verdict): (remedy: Remedy) => ReactNode | null {
  const button = (words: string, act: () => void) => (
    <Button size="compact-sm" variant="default" onClick={act}>
      {words}
    </Button>
  );
  return (remedy) => {
    if (remedy.id === "use-template" || remedy.id === "other-template")
      return button(remedy.label, acts.chooseTemplate);
    if (askRemedies.includes(remedy.id)) return button(remedy.label, acts.askConsent);
    if (recordRemedies.includes(remedy.id)) return button(remedy.label, acts.recordConsent);
    if (remedy.id === "other-consented-channel" && acts.agreedChannels.length > 0)
      return (
        <span>
          {remedy.label}: <strong>{acts.agreedChannels.join(", ")}</strong>
        </span>
      );
    if (remedy.id === "ask-second-person") {
      const [rule] = verdict.rules;
      if (!rule) return null;
      return (
        <Button
          size="compact-sm"
          variant="default"
          renderRoot={(root) => (
            <Link
              {...root}
              to="/standing/house"
              search={{ ask: rule.id, ...(acts.contactId ? { contact: acts.contactId } : {}) }}
            />
          )}
        >
          {remedy.label}
        </Button>
      );
    }
    if (remedy.id === "release-sender" || remedy.id === "complete-profile")
      return (
        <Button component={Link} to="/standing/today" size="compact-sm" variant="default">
          {remedy.label}
        </Button>
      );
    if (remedy.id === "wait-until") {
      const until = Date.parse(remedy.until ?? verdict.until ?? "");
      if (until > Date.now()) return button(remedy.label, () => acts.waitUntil(new Date(until)));
    }
    return null;
  };
}
