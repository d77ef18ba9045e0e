import type { Campaign, Delivery } from "@loket/contract";
import { Button, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useId, useState } from "react";
import { useLanguage } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { RowBones } from "../../ui/Bones.tsx";
import { useNow } from "../../ui/clock.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Failure } from "../../ui/Failure.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { More } from "../../ui/More.tsx";
import { Section } from "../../ui/Section.tsx";
import { VerdictCard } from "../../ui/VerdictCard.tsx";
import { zonedDateTime } from "../../ui/zone.ts";
import { isMoving, useDeliveries, useReasons } from "../queries.ts";
import { type DeliveryFilter, deliveryStates, reachedStates } from "../search.ts";
import styles from "./one.module.css";
import { words } from "./words.ts";

/** What became of it for each person, with the reason in words. What is shown stands in the address. */
export function Deliveries(props: { campaign: Campaign }) {
  const { campaign } = props;
  const t = useWords(words);
  const filter = useSearch({ from: "/inside/campaigns/$campaignId" });
  const navigate = useNavigate();
  const moving = isMoving(campaign.state);
  const found = useDeliveries(campaign.id, filter, moving);
  const reasons = useReasons(campaign.id, moving);
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const isFiltered = filter.state !== undefined || filter.reached !== undefined || filter.reason !== undefined;
  const show = (next: DeliveryFilter) =>
    void navigate({ to: "/campaigns/$campaignId", params: { campaignId: campaign.id }, search: next, replace: true });
  const chosen = filter.reached ?? filter.state ?? "";
  const only = (reason: string | undefined): DeliveryFilter => (reason ? { reason } : {});
  const choose = (value: string | null) => {
    const reached = reachedStates.find((one) => one === value);
    const state = deliveryStates.find((one) => one === value);
    show({ ...only(filter.reason), ...(reached ? { reached } : state ? { state } : {}) });
  };
  return (
    <Section
      title={t("deliveries")}
      act={
        <Select
          size="sm"
          w={220}
          aria-label={t("outcome")}
          value={chosen}
          data={[
            { value: "", label: t("anyOutcome") },
            ...[...reachedStates, ...deliveryStates].map((value) => ({ value, label: t(`outcome.${value}`) })),
          ]}
          onChange={choose}
        />
      }
    >
      {filter.reason && (
        <div className={styles.only}>
          <span>
            {t("onlyReason", {
              reason: reasons.data?.find(({ reason }) => reason === filter.reason)?.title ?? filter.reason,
            })}
          </span>
          <Button
            variant="default"
            size="compact-md"
            leftSection={<Icon of={IconX} size={14} />}
            onClick={() => {
              const { reason: _, ...rest } = filter;
              show(rest);
            }}
          >
            {t("allReasons")}
          </Button>
        </div>
      )}
      {found.isError && !found.data && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <RowBones count={6} />}
      {found.data && items.length === 0 && (
        <EmptyState title={isFiltered ? t("noDeliveries") : t("noDeliveriesYet")}>
          {isFiltered && (
            <Button variant="default" onClick={() => show({})}>
              {t("anyOutcome")}
            </Button>
          )}
        </EmptyState>
      )}
      <ul className={styles.deliveries}>
        {items.map((delivery) => (
          <DeliveryRow key={delivery.id} delivery={delivery} />
        ))}
      </ul>
      <More of={found} />
    </Section>
  );
}

function outcomeOf({ state, reached }: Delivery) {
  return state === "accepted" ? (reached ?? state) : state;
}

function DeliveryRow(props: { delivery: Delivery }) {
  const { delivery } = props;
  const { contact, verdict, failure, notBefore, settledAt } = delivery;
  const t = useWords(words);
  const { locale } = useLanguage();
  const { organisation } = useSession();
  const [open, setOpen] = useState(false);
  const why = useId();
  const when = (at: string) => zonedDateTime(at, locale, organisation.timeZone);
  const now = useNow();
  const waits = notBefore !== null && Date.parse(notBefore) > now ? notBefore : null;
  const outcome = outcomeOf(delivery);
  const speaks = verdict !== null && verdict.outcome !== "allow" && verdict.rules.length > 0;
  // A rule's title says what it asks for; its sentence says what was missing.
  const rule = speaks ? verdict.rules[0] : undefined;
  const reason = failure?.cause ?? rule?.explanation ?? rule?.title;
  return (
    <li>
      <Link to="/contacts/$contactId" params={{ contactId: contact.id }} className={`${styles.person} cut`}>
        <bdi>{contact.name}</bdi>
      </Link>
      <span className={styles.outcome} data-outcome={outcome}>
        {t(`outcome.${outcome}`)}
      </span>
      <span className={styles.reason}>
        {reason && (
          <button
            type="button"
            className="plain"
            aria-expanded={open}
            aria-controls={why}
            onClick={() => setOpen(!open)}
          >
            {reason}
          </button>
        )}
      </span>
      <time className={`${styles.quiet} figures`} dateTime={settledAt ?? waits ?? undefined}>
        {settledAt ? when(settledAt) : waits ? t("notBefore", { when: when(waits) }) : ""}
      </time>
      {reason && (
        <div id={why} className={styles.why} hidden={!open}>
          {open && speaks && <VerdictCard verdict={verdict} />}
          {open && failure && (
            <div className={styles.failure}>
              <p>{failure.cause}</p>
              <p>{failure.advice}</p>
              <p className={styles.quiet}>{t("code", { code: failure.code })}</p>
            </div>
          )}
        </div>
      )}
    </li>
  );
}
