import type { StandingProfile } from "@loket/contract";
import type { Tx } from "@loket/database";
import { type LedgerPorts, record } from "@loket/evidence/ledger";
import type { Facts, SendRequest } from "@loket/policy";

/** What an organisation says about itself where it has said nothing: an ordinary business, in order. */
const ordinary: StandingProfile = {
  goods: [],
  gamblingPermitted: false,
  lowConfidence: "as-written",
  termsAccepted: true,
  accountShared: false,
  techProvider: false,
  chargesForWhatsApp: false,
  resaleAgreement: false,
  usesWhatsAppBrand: false,
  processorContract: true,
  informsAtCollection: true,
  practices: [],
};

interface Kept {
  readonly trade?: { readonly goods: string[]; readonly gamblingPermitted: boolean };
  readonly standing?: Omit<StandingProfile, "goods" | "gamblingPermitted">;
}

export async function readProfile(tx: Tx): Promise<StandingProfile> {
  const row = await tx.one<{ settings: Kept }>("select settings from organisation where organisation_id = $1", [
    tx.organisationId,
  ]);
  return { ...ordinary, ...row?.settings.standing, ...row?.settings.trade };
}

/** What is said goes on record, and every send is judged by it from then on. */
export async function saveProfile(
  tx: Tx,
  ports: LedgerPorts,
  profile: StandingProfile,
  memberId: string | null,
): Promise<void> {
  const { goods, gamblingPermitted, ...standing } = profile;
  const kept: Kept = { trade: { goods, gamblingPermitted }, standing };
  await tx.query("update organisation set settings = settings || $2::jsonb where organisation_id = $1", [
    tx.organisationId,
    JSON.stringify(kept),
  ]);
  await record(tx, ports, {
    type: "configuration.changed",
    body: { what: "profile", by: memberId, profile: JSON.parse(JSON.stringify(profile)) },
  });
  tx.emit({
    type: "standing.changed",
    inboxId: null,
    subject: { what: "sender", subjectId: tx.organisationId },
    at: ports.clock.now(),
  });
}

/** The contract rules ask about accounts and practices as they stand: nothing is sent. */
export function setupFacts(profile: StandingProfile): { readonly request: SendRequest; readonly facts: Facts } {
  return {
    request: { channel: "whatsapp", transport: "cloud-api", payload: "none", kind: "setup" },
    facts: {
      trade: {
        goods: profile.goods as NonNullable<NonNullable<Facts["trade"]>["goods"]>,
        gamblingPermitted: profile.gamblingPermitted,
      },
      contract: { termsAccepted: profile.termsAccepted, accountShared: profile.accountShared, usageReport: null },
      operator: {
        techProvider: profile.techProvider,
        customerListKept: true,
        chargesForWhatsApp: profile.chargesForWhatsApp,
        resaleAgreement: profile.resaleAgreement,
        usesWhatsAppBrand: profile.usesWhatsAppBrand,
        dataFlows: [],
        practices: profile.practices as NonNullable<NonNullable<Facts["operator"]>["practices"]>,
      },
      law: {
        processorContract: profile.processorContract,
        informsAtCollection: profile.informsAtCollection,
        // One STOP where the messages arrive is how people leave.
        signUp: { joinSteps: 1, leaveSteps: 1, leaveOnSameChannel: true },
      },
    },
  };
}
