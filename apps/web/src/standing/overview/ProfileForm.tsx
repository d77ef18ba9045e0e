import type { StandingProfile } from "@loket/contract";
import { Checkbox, MultiSelect, Select } from "@mantine/core";
import { useEffect, useState } from "react";
import { useLanguage } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { RowBones } from "../../ui/Bones.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { useProfile, useRefresh, useRules } from "../queries.ts";
import styles from "./overview.module.css";
import { words } from "./words.ts";

type Flag = {
  [Name in keyof StandingProfile]: StandingProfile[Name] extends boolean ? Name : never;
}[keyof StandingProfile];
const flags: readonly (readonly [Flag, Parameters<ReturnType<typeof useWords<typeof words.catalogues.en>>>[0]])[] = [
  ["termsAccepted", "terms"],
  ["accountShared", "shared"],
  ["techProvider", "provider"],
  ["chargesForWhatsApp", "charging"],
  ["resaleAgreement", "resale"],
  ["usesWhatsAppBrand", "brand"],
  ["processorContract", "processor"],
  ["informsAtCollection", "informs"],
];

/** What an organisation says about itself: goods, contracts, practices. Every send is judged by it. */
export function ProfileForm(props: { close: () => void }) {
  const { close } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const { api } = useSession();
  const refresh = useRefresh();
  const found = useProfile();
  const rules = useRules(null);
  const [profile, setProfile] = useState<StandingProfile | null>(null);
  useEffect(() => {
    if (found.data) setProfile((held) => held ?? found.data);
  }, [found.data]);
  const change = (next: Partial<StandingProfile>) => setProfile((held) => held && { ...held, ...next });
  const goods = (rules.data ?? [])
    .filter((rule) => rule.section === "whatsapp.goods")
    .map((rule) => ({ id: rule.id.replace("whatsapp.goods.", ""), title: rule.title }));
  const save = async () => {
    await api.put("standing/profile", profile);
    toast(t("saved"));
    refresh();
  };
  return (
    <FormDialog
      title={t("profileTitle")}
      size={560}
      close={close}
      send={save}
      label={t("save")}
      disabled={profile === null}
    >
      {profile === null ? (
        <RowBones count={4} />
      ) : (
        <>
          <MultiSelect
            label={t("goods")}
            description={t("goodsHint")}
            searchable
            value={profile.goods}
            data={goodsClasses.map((value) => ({
              value,
              label: goods.find((one) => one.id === value)?.title ?? goodsName(value, locale),
            }))}
            onChange={(value) => change({ goods: value })}
          />
          {profile.goods.includes("gambling") && (
            <Checkbox
              label={t("gambling")}
              checked={profile.gamblingPermitted}
              onChange={(event) => change({ gamblingPermitted: event.currentTarget.checked })}
            />
          )}
          <div className={styles.choices}>
            {flags.map(([name, label]) => (
              <Checkbox
                key={name}
                label={t(label as never)}
                checked={profile[name]}
                onChange={(event) => change({ [name]: event.currentTarget.checked })}
              />
            ))}
          </div>
          <Select
            label={t("weakRules")}
            allowDeselect={false}
            value={profile.lowConfidence}
            data={(["as-written", "hold-for-review"] as const).map((value) => ({ value, label: t(`weak.${value}`) }))}
            onChange={(value) =>
              change({ lowConfidence: value === "hold-for-review" ? "hold-for-review" : "as-written" })
            }
          />
        </>
      )}
    </FormDialog>
  );
}

const goodsClasses = [
  "adult",
  "alcohol",
  "animals",
  "currency",
  "dating",
  "digital-subscriptions",
  "drugs",
  "gambling",
  "lending",
  "medical-products",
  "multi-level-marketing",
  "otc-medicine",
  "services",
  "supplements",
  "tobacco",
  "weapons",
] as const;
type Goods = (typeof goodsClasses)[number];

const goodsNames: Record<Goods, Record<"en" | "nl" | "de", string>> = {
  adult: { en: "Adult products", nl: "Erotiek", de: "Erotik" },
  alcohol: { en: "Alcohol", nl: "Alcohol", de: "Alkohol" },
  animals: { en: "Live animals", nl: "Levende dieren", de: "Lebende Tiere" },
  currency: { en: "Currency and coins", nl: "Valuta en munten", de: "Währungen und Coins" },
  dating: { en: "Dating", nl: "Dating", de: "Partnersuche" },
  "digital-subscriptions": { en: "Digital subscriptions", nl: "Digitale abonnementen", de: "Digitale Abonnements" },
  drugs: {
    en: "Prescription medicine and drugs",
    nl: "Receptgeneesmiddelen en drugs",
    de: "Rezeptpflichtige Arzneien und Drogen",
  },
  gambling: { en: "Gambling", nl: "Gokken", de: "Glücksspiel" },
  lending: { en: "Lending and debt collection", nl: "Leningen en incasso", de: "Kredite und Inkasso" },
  "medical-products": { en: "Medical products", nl: "Medische producten", de: "Medizinprodukte" },
  "multi-level-marketing": { en: "Multi-level marketing", nl: "Multilevelmarketing", de: "Strukturvertrieb" },
  "otc-medicine": { en: "Medicine without prescription", nl: "Zelfzorggeneesmiddelen", de: "Rezeptfreie Arzneien" },
  services: { en: "Services, tickets, jobs", nl: "Diensten, kaarten, banen", de: "Dienste, Karten, Stellen" },
  supplements: { en: "Food supplements", nl: "Voedingssupplementen", de: "Nahrungsergänzung" },
  tobacco: { en: "Tobacco", nl: "Tabak", de: "Tabak" },
  weapons: { en: "Weapons", nl: "Wapens", de: "Waffen" },
};

function goodsName(goods: Goods, locale: "en" | "nl" | "de"): string {
  return goodsNames[goods][locale];
}
